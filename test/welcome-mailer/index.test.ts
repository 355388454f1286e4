import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { SecretStore } from '../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../infra/local/secrets-manager/server.ts';
import { listen, readBody } from '../../infra/local/servers/listen.ts';
import { type BundledFunction, bundleFunction } from '../fixtures/bundled-function.ts';
import { contractFolder } from '../fixtures/event-schemas.ts';
import { startTable } from '../fixtures/running-table.ts';
import { sqsRecords } from './sqs-records.ts';

/** The bundle as it is deployed, in a process of its own. */

const secretName = 'matriculate/prod/recipients/mailer';
const servers: { close: () => Promise<void> }[] = [];
const sent: string[] = [];
let bundled: BundledFunction;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  bundled = await bundleFunction('welcome-mailer');
  const store = new SecretStore();
  const key: unknown = JSON.parse(await readFile(join(contractFolder, 'example/recipient.private.json'), 'utf8'));
  store.create(secretName, 'arn:mailer-AbCdEf', JSON.stringify({ keys: [key] }));
  const secrets = await startSecretsManager(store);
  const table = await startTable();
  const ses = await listen(async (request, response) => {
    sent.push((await readBody(request)).toString('utf8'));
    response.end('{"MessageId":"1"}');
  });
  servers.push(secrets, table, ses);
  environment = {
    MAIL_FROM: 'Academy <welcome@academy.example>',
    RECIPIENT_SECRET: secretName,
    TABLE_NAME: table.table,
    AWS_ENDPOINT_URL_SESV2: ses.url,
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  };
});
afterAll(async () => {
  await Promise.all(servers.map(({ close }) => close()));
  await bundled?.remove();
});

/** Invokes the function with a batch of events. @returns its answer and everything that it printed */
async function invoke(bodies: readonly string[], env = environment): Promise<{ answer: unknown; log: string }> {
  const program = `
    const { handler } = await import('./index.mjs');
    const context = { functionName: 'mailer', awsRequestId: '1', invokedFunctionArn: 'arn', memoryLimitInMB: '256' };
    console.log('RESULT ' + JSON.stringify(await handler(${JSON.stringify(sqsRecords(bodies))}, context)));`;
  const { result, output } = await bundled.run(program, env);
  return { answer: JSON.parse(result), log: output };
}

it('decrypts with the recipient’s secret, sends by SES once, and logs nothing of the learner', async () => {
  const bodies = [exampleEvents[0]?.text ?? '', exampleEvents[0]?.text ?? '', 'not an event'];
  const first = await invoke(bodies);
  // One of the two copies, or none, had to wait for the other; it finds it sent when it comes back.
  const again = await invoke(bodies);
  expect(first.answer).toMatchObject({ batchItemFailures: expect.arrayContaining([{ itemIdentifier: '2' }]) });
  expect(again.answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/Password: correct-horse-battery-staple/);
  expect(first.log).toContain('InvalidEventError');
  expect(first.log + again.log).not.toMatch(/correct-horse|ada@|lovelace/i);
});

it('says what is missing instead of starting without it', async () => {
  await expect(invoke([], { ...environment, MAIL_FROM: '' })).rejects.toThrow(/environment lacks MAIL_FROM/);
});
