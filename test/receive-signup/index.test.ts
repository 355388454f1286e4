import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { httpEvent } from '../../infra/local/http-api/http-event.ts';
import { listen, type RunningServer, readBody } from '../../infra/local/servers/listen.ts';
import { type BundledFunction, bundleFunction } from '../fixtures/bundled-function.ts';
import { sources as everyScheme, keys as keysOfEveryScheme } from '../hostile/receiver.ts';
import { wrongRequests } from '../hostile/requests.ts';
import { shopify, stripe } from './verify/deliveries.ts';
import { body } from './world.ts';

/** Every call that reached AWS, by operation and secret. */
let calls: string[] = [];
/** What the next calls of an operation get: an HTTP status, or nothing at all until the client gives up. */
let weather: Record<string, (number | 'silence')[]> = {};
let aws: RunningServer;
let bundled: BundledFunction;

const secrets: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...keysOfEveryScheme].map(([id, value]) => [id, JSON.stringify(value)])),
  'matriculate/test/sources/shop': JSON.stringify({ keys: [shopify.key] }),
  'matriculate/test/sources/pay': JSON.stringify({ keys: [stripe.key] }),
  'matriculate/test/status': '{"key":"a-generated-key-of-32-characters"}',
};

const source = (scheme: string, to: string[]) => ({ verify: { scheme }, dedupeKey: ['/id'], to });
const sources = { shop: source('shopify', ['classroom', 'studio']), pay: source('stripe', ['classroom']) };

beforeAll(async () => {
  aws = await listen(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const input = JSON.parse((await readBody(request)).toString());
    calls.push(
      operation === 'SendMessage'
        ? `${operation} ${input.QueueUrl.split('/').at(-1)}`
        : `${operation} ${input.SecretId} ${input.VersionStage}`,
    );
    const turn = weather[operation]?.shift() ?? 200;
    if (turn === 'silence') return;
    const answer =
      operation === 'SendMessage'
        ? { MessageId: 'one', MD5OfMessageBody: createHash('md5').update(input.MessageBody).digest('hex') }
        : { VersionId: 'one', SecretString: secrets[input.SecretId], CreatedDate: 1_700_000_000 };
    response
      .writeHead(turn, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(turn === 200 ? answer : { __type: 'InternalError' }));
  });
  bundled = await bundleFunction('receive-signup');
});
afterAll(async () => {
  await aws.close();
  await bundled.remove();
});
beforeEach(() => {
  calls = [];
  weather = {};
});

type Request = { source: string; headers: Readonly<Record<string, string>>; body?: string };

/** Starts the function as deployed, in a process of its own, and hands it the requests one after another. */
async function invoke(
  requests: readonly Request[],
  config: object = { stage: 'test', sources },
  queues = ['classroom', 'studio'],
) {
  await writeFile(join(bundled.folder, 'config.json'), JSON.stringify(config));
  const events = requests.map((request) =>
    httpEvent(
      {
        method: 'POST',
        target: `/webhooks/${encodeURIComponent(request.source)}`,
        rawHeaders: Object.entries({ 'content-type': 'application/json', ...request.headers }).flat(),
        body: Buffer.from(request.body ?? body),
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
      },
      {
        routeKey: 'POST /webhooks/{source}',
        pathParameters: { source: request.source },
        requestId: 'one',
        now: 1768472430_000,
      },
    ),
  );
  await writeFile(join(bundled.folder, 'events.json'), JSON.stringify(events));
  // The clock of the deliveries' signatures.
  const code = `
    Date.now = () => 1768472430000;
    const { handler } = await import('./index.mjs');
    const { default: events } = await import('./events.json', { with: { type: 'json' } });
    const statuses = [];
    const began = performance.now();
    for (const event of events) statuses.push((await handler(event, { functionName: 'f', awsRequestId: 'r' })).statusCode);
    console.log('RESULT ' + JSON.stringify({ statuses, milliseconds: performance.now() - began }));`;
  const { result, output } = await bundled.run(code, {
    AWS_ENDPOINT_URL_SQS: aws.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
    QUEUE_URLS: JSON.stringify(Object.fromEntries(queues.map((id) => [id, `${aws.url}/000000000000/${id}`]))),
  });
  const answered: { statuses: number[]; milliseconds: number } = JSON.parse(result);
  return { ...answered, output };
}

const genuine: Request = { source: 'shop', headers: shopify.headers };
const status = 'GetSecretValue matriculate/test/status AWSCURRENT';
const keys = 'GetSecretValue matriculate/test/sources/shop AWSCURRENT';

test('on the wire, a delivery costs one message a destination, and the secrets once', async () => {
  const { statuses } = await invoke([genuine, genuine]);
  expect(statuses).toEqual([202, 202]);
  expect(calls.toSorted()).toEqual([
    keys,
    status,
    'SendMessage classroom',
    'SendMessage classroom',
    'SendMessage studio',
    'SendMessage studio',
  ]);
});

test('on the wire, what is unsigned, stale or malformed costs nothing, and what is wrongly signed the secret alone', async () => {
  const time = (timestamp: number) => ({ 'Stripe-Signature': `t=${timestamp},v1=${'0'.repeat(64)}` });
  const hopeless: Request[] = [
    { source: 'shop', headers: {} },
    { source: 'shop', headers: { 'X-Shopify-Hmac-Sha256': 'rubbish' } },
    { source: 'pay', headers: time(1768472430 - 301) },
    { source: 'pay', headers: time(1768472430 + 301) },
    { source: 'nobody', headers: shopify.headers },
    { source: 'shop', headers: shopify.headers, body: 'a'.repeat(65_537) },
    { source: 'shop', headers: { ...shopify.headers, 'content-type': 'text/xml' } },
  ];
  const { statuses } = await invoke(hopeless);
  expect(statuses).toEqual([401, 401, 401, 401, 404, 413, 415]);
  // The status key is fetched while the function starts, whoever comes.
  expect(calls).toEqual([status]);
  calls = [];
  const wrong = { source: 'shop', headers: shopify.sign(body, 'wrong') };
  expect((await invoke([wrong, wrong, wrong])).statuses).toEqual([401, 401, 401]);
  expect(calls.toSorted()).toEqual([keys, status]);
});

test('on the wire, all wrong deliveries of every scheme together cost each source’s secret once, and nothing else', async () => {
  const requests = wrongRequests.map(({ source, headers, content }) => ({ source, headers, body: String(content) }));
  const { statuses } = await invoke(requests, { stage: 'test', sources: everyScheme });
  expect(statuses).toEqual(requests.map(() => 401));
  expect(calls.toSorted()).toEqual(
    [
      ...Object.keys(everyScheme).map((id) => `GetSecretValue matriculate/test/sources/${id} AWSCURRENT`),
      status,
    ].sort(),
  );
});

test('the only source of a stage has its keys fetched while the function starts', async () => {
  await invoke([{ source: 'nobody', headers: {} }], { stage: 'test', sources: { shop: sources.shop } });
  expect(calls.toSorted()).toEqual([keys, status]);
});

test('a queue that fails for a moment is tried again, and the sender sees nothing of it', async () => {
  weather = { SendMessage: [500, 503, 500] };
  const { statuses, milliseconds } = await invoke([genuine]);
  expect(statuses).toEqual([202]);
  expect(calls.filter((call) => call.startsWith('SendMessage'))).toHaveLength(5);
  expect(milliseconds).toBeLessThan(5000);
});

test('a queue that does not answer once is given up in time for the most impatient sender', async () => {
  weather = { SendMessage: ['silence'] };
  const { statuses, milliseconds } = await invoke([genuine]);
  expect(statuses).toEqual([202]);
  expect(milliseconds).toBeGreaterThan(1000);
  expect(milliseconds).toBeLessThan(5000);
});

test('secrets that can not be read are 503, and no rejection goes unhandled', async () => {
  weather = { GetSecretValue: Array(20).fill(500) };
  const { statuses, output } = await invoke([genuine, genuine]);
  expect(statuses).toEqual([503, 503]);
  expect(calls.some((call) => call.startsWith('SendMessage'))).toBe(false);
  expect(output).toContain('the secret matriculate/test/sources/shop could not be read');
});

test('what the function writes holds no key, no signature and no body', async () => {
  const { output } = await invoke([genuine, { source: 'shop', headers: shopify.sign(body, 'wrong') }]);
  expect(output).toContain('"signupId":"shop.');
  for (const canary of [
    shopify.key,
    shopify.headers['X-Shopify-Hmac-Sha256'] ?? '',
    'a-generated-key',
    'ada@example.com',
    Buffer.from(body).toString('base64'),
  ])
    expect(output).not.toContain(canary);
});

test('a function that was set up wrongly does not start, and says everything that is wrong', async () => {
  await expect(invoke([genuine], { stage: 'test', sources }, ['studio'])).rejects.toThrow(
    'QUEUE_URLS has no queue for classroom',
  );
});
