import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createChangeVisibility } from '../aws/change-visibility.ts';
import { clientLimits } from '../aws/clients.ts';
import { createObservability } from '../aws/observability.ts';
import { createSecretStore } from '../aws/secrets.ts';
import { createSharedClock, setClockBy } from '../aws/shared-clock.ts';
import { createLedger } from '../aws/table.ts';
import { createPublish } from '../aws/topic.ts';
import type { OwnSettings, PlatformAdapter } from '../platforms/platform.ts';
import { withDeadline } from './deadline.ts';
import type { ProvisionDeps } from './deps.ts';
import { createProvisionUser } from './handler.ts';
import { createMappers } from './mappers.ts';
import { createSession } from './session.ts';
import { readSettings } from './settings.ts';

/** The worker's composition root: each platform's bundle calls it with its own adapter, and exports what it returns. */
export function provisionUser<Own extends OwnSettings>(platform: PlatformAdapter<Own>) {
  const { config, table, topicArn, queueUrl } = readSettings<Own>(
    readFileSync(new URL('config.json', import.meta.url), 'utf8'),
    process.env,
  );
  const { url, duplicates, settings } = config.destination;
  const { observer, wrap } = createObservability(`matriculate-${config.stage}`);
  const clock = createSharedClock(Date.now);
  const { now } = clock;
  const deps: ProvisionDeps = {
    config,
    platform: platform.traits,
    vendor: platform.connect({ url, duplicates, settings }, { now }),
    mapperOf: createMappers(config.sources),
    ledger: createLedger(setClockBy(new DynamoDBClient(clientLimits), clock), table),
    secrets: createSecretStore(new SecretsManagerClient(clientLimits), {
      lifeMs: config.timeLimits.secretLifeMs,
      now,
      random: Math.random,
    }),
    publish: createPublish(new SNSClient(clientLimits), topicArn),
    changeVisibility: createChangeVisibility(new SQSClient(clientLimits), queueUrl),
    observer,
    now,
    random: Math.random,
    randomBytes,
    newId: randomUUID,
    sleep,
    withDeadline,
  };
  // What the first signup needs is fetched while the function starts. If that fails, the signup asks again and answers for it.
  for (const id of [
    `matriculate/${config.stage}/ledger`,
    `matriculate/${config.stage}/destinations/${config.destination.id}`,
  ]) {
    deps.secrets.current(id).catch(() => undefined);
  }
  return wrap(createProvisionUser(deps, createSession({ ...deps, sessions: deps.ledger.sessions })));
}
