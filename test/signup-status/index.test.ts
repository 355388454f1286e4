import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpEvent } from '../../infra/local/http-api/http-event.ts';
import { SecretStore } from '../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../infra/local/secrets-manager/server.ts';
import type { RunningServer } from '../../infra/local/servers/listen.ts';
import { createLedger } from '../../lambdas/aws/table.ts';
import { statusSecretId } from '../../lambdas/signups/status-key.ts';
import { type BundledFunction, bundleFunction } from '../fixtures/bundled-function.ts';
import { type RunningTable, startTable } from '../fixtures/running-table.ts';
import { ended, itemWith, now, signupId } from './sample-items.ts';
import { browser, rightKey, statusSecret } from './world.ts';

let secrets: RunningServer;
let ledger: RunningTable;
let bundled: BundledFunction;

beforeAll(async () => {
  const store = new SecretStore();
  store.create(statusSecretId('test'), 'arn:status-AbCdEf', JSON.stringify({ key: statusSecret }));
  secrets = await startSecretsManager(store);
  ledger = await startTable();
  await createLedger(ledger.client, ledger.table).signups.write(itemWith(ended('created')), null);
  bundled = await bundleFunction('signup-status');
  await writeFile(join(bundled.folder, 'config.json'), '{"stage":"test","sources":{"shop":{"to":["classroom"]}}}');
});
afterAll(async () => {
  await secrets?.close();
  await ledger?.close();
  await bundled?.remove();
});

/** Starts the function as deployed, in a process of its own, and asks for each address in turn. */
async function ask(queries: readonly string[], accept: string, environment: Readonly<Record<string, string>> = {}) {
  const events = queries.map((query) =>
    httpEvent(
      {
        method: 'GET',
        target: `/signups/${signupId}?${query}`,
        rawHeaders: ['Accept', accept],
        body: Buffer.alloc(0),
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
      },
      { routeKey: 'GET /signups/{id}', pathParameters: { id: signupId }, requestId: 'one', now },
    ),
  );
  const code = `
    const { handler } = await import('./index.mjs');
    const answers = [];
    for (const event of ${JSON.stringify(events)}) answers.push(await handler(event, { functionName: 'f', awsRequestId: 'r' }));
    console.log('RESULT ' + JSON.stringify(answers));`;
  const { result, output } = await bundled.run(code, {
    AWS_ENDPOINT_URL_DYNAMODB: ledger.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    TABLE_NAME: ledger.table,
    ...environment,
  });
  const answers: { statusCode: number; body: string }[] = JSON.parse(result);
  return { answers, output };
}

test('as deployed, a right key is answered, a wrong one is not, and no key is written down', async () => {
  const { answers, output } = await ask([`key=${rightKey}`, 'key=wrong', 'key=a&key=b'], 'application/json');
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 404, 400]);
  expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ destinations: { classroom: { state: 'created' } } });
  expect(`${output}${JSON.stringify(answers)}`).not.toMatch(/CANARY/);
  expect(output).not.toContain(rightKey);
});

test('as deployed, a browser gets the page', async () => {
  const { answers } = await ask([`key=${rightKey}`], browser);
  expect(answers[0]?.body).toMatch(/^<!doctype html>.*Account created/s);
});

test('as deployed, services that are not there are a 503 within the function’s time, and no rejection goes unhandled', async () => {
  const nowhere = { AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:9' };
  const noLedger = { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' };
  for (const environment of [nowhere, noLedger]) {
    const { answers, output } = await ask([`key=${rightKey}`], 'application/json', environment);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503]);
    expect(output).toContain('status not told');
  }
});

test('a function that was set up wrongly does not start, and says why', async () => {
  await expect(ask([''], '*/*', { TABLE_NAME: '' })).rejects.toThrow('TABLE_NAME: is not set');
});

test('the bundle stays small', async () => {
  expect((await stat(join(bundled.folder, 'index.mjs'))).size).toBeLessThan(480_000);
});
