import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientLimits } from '../aws/clients.ts';
import { createObservability } from '../aws/observability.ts';
import { createSecretStore } from '../aws/secrets.ts';
import { createLedger } from '../aws/table.ts';
import { statusSecretId } from '../signups/status-key.ts';
import { createSignupStatus } from './handler.ts';
import { readSettings } from './settings.ts';

const { config, table } = readSettings(readFileSync(new URL('config.json', import.meta.url), 'utf8'), process.env);

// Somebody is waiting for the answer: one repetition, so that the secrets and then the ledger are given up within the function's time.
const limits = { ...clientLimits, maxAttempts: 2 };
const secrets = createSecretStore(new SecretsManagerClient(limits), {
  lifeMs: 5 * 60 * 1000,
  now: Date.now,
  random: Math.random,
});
const { signups } = createLedger(new DynamoDBClient(limits), table);
const { observer, wrap } = createObservability(`matriculate-${config.stage}`);

// What every question needs is fetched while the function starts. If that fails, the question asks again and answers for it.
secrets.current(statusSecretId(config.stage)).catch(() => undefined);

export const handler = wrap(createSignupStatus({ config, secrets, readSignup: signups.read, now: Date.now, observer }));
