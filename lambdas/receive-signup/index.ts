import { readFileSync } from 'node:fs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createObservability } from '../aws/observability.ts';
import { createSecretStore } from '../aws/secrets.ts';
import { createSendToQueue } from '../aws/send-to-queue.ts';
import { statusSecretId } from '../signups/status-key.ts';
import { createReceiveSignup, sourceSecretId } from './handler.ts';
import { readSettings } from './settings.ts';

const { config, queueUrls } = readSettings(readFileSync(new URL('config.json', import.meta.url), 'utf8'), process.env);

// At worst 3 reads of secrets (the keys before a rotation, the keys afresh, the status key), each 2 × 1.5 s, then 4 × 1.5 s for the queues: 15 s and
// the pauses between, below the function's 25 s and API Gateway's 30 s. One slow call still leaves an answer within the 5 s that the most
// impatient sender waits; after an answer that comes later, it sends again, and that does no harm.
const requestHandler = { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true };
const secretsClient = new SecretsManagerClient({ requestHandler, maxAttempts: 2 });
const queues = new SQSClient({ requestHandler, maxAttempts: 4 });

const secrets = createSecretStore(secretsClient, { lifeMs: 5 * 60 * 1000, now: Date.now, random: Math.random });
const { observer, wrap } = createObservability(`matriculate-${config.stage}`);

// What the first delivery needs is fetched while the function starts. If that fails, the delivery asks again and answers for it.
const [onlySource, ...otherSources] = Object.keys(config.sources);
const early = [statusSecretId(config.stage)];
if (onlySource !== undefined && otherSources.length === 0) early.push(sourceSecretId(config.stage, onlySource));
for (const id of early) secrets.current(id).catch(() => undefined);

export const handler = wrap(
  createReceiveSignup({ config, secrets, sendToQueue: createSendToQueue(queues, queueUrls), now: Date.now, observer }),
);
