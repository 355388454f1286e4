import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundle } from '../../infra/bundle.ts';
import * as names from '../../infra/constructs/names.ts';
import { type AwsClients, localAwsClients } from '../../infra/local/aws-clients.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/local-stack.ts';
import { createLedger } from '../../lambdas/aws/table.ts';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import { signupItemId } from '../../lambdas/signups/ledger.ts';
import { makeStatusKey, readStatusSecret } from '../../lambdas/signups/status-key.ts';
import { document, documentedAnswers, documentedStates, judge } from '../infra/contract/openapi-answers.ts';
import { mac } from '../receive-signup/verify/deliveries.ts';
import { everyItem } from '../signup-status/sample-items.ts';
import { browser } from '../signup-status/world.ts';

/** The OpenAPI document and the running stack, both ways: every answer got is documented, and every documented answer can be got. */

const mapping = { email: 'email', firstName: "'A'", lastName: "'B'" };
const config = {
  sources: {
    shop: { preset: 'woocommerce-order' },
    unfilled: { verify: { scheme: 'static-header', header: 'x-api-key' }, dedupeKey: ['body'], mapping },
  },
  destinations: { classroom: { platform: 'electa', credentials: 'discard' } },
};

/** What was got over the whole file. */
const got = { answers: new Set<string>(), states: new Set<string>(), fields: new Set<string>() };

const folder = mkdtempSync(join(tmpdir(), 'matriculate-contract-'));
const bundles = join(folder, 'functions');
beforeAll(() => bundle(bundles));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Request {
  readonly method?: 'GET' | 'POST';
  readonly target: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function ask(stack: LocalStack, { method = 'GET', target, headers = {}, body }: Request) {
  const init = { method, headers: { accept: 'application/json', ...headers }, redirect: 'manual' } as const;
  const response = await fetch(stack.url + target, body === undefined ? init : { ...init, body });
  const text = await response.text();
  const [path = ''] = target.split('?');
  const judged = judge({ method, path, status: response.status, headers: response.headers, body: text });
  expect(judged.problems, judged.name).toEqual([]);
  got.answers.add(judged.name);
  return { name: judged.name, text, headers: response.headers };
}

const open = (options: Partial<Parameters<typeof startLocalStack>[0]> = {}): Promise<LocalStack> =>
  startLocalStack({ config, bundles, directory: mkdtempSync(join(folder, 'stack-')), ...options });

const statusTarget = (stack: LocalStack, signupId: string): string => {
  const secret = stack.secrets.find(names.statusSecretName('dev'));
  const key = readStatusSecret(JSON.parse(stack.secrets.version(secret, { stage: 'AWSCURRENT' }).text));
  return `/signups/${signupId}?key=${makeStatusKey(signupId, key)}`;
};

describe('a stack at work', () => {
  let stack: LocalStack;
  let clients: AwsClients;
  beforeAll(async () => {
    stack = await open();
    stack.secrets.put(names.sourceSecretName('dev', 'unfilled'), '{}');
    clients = localAwsClients(stack.endpoints, stack.region);
  });
  afterAll(async () => {
    clients.destroy();
    await stack.stop();
  });

  const post = (body: string, headers: Record<string, string> = {}, target = '/webhooks/shop'): Request => ({
    method: 'POST',
    target,
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  const signed = (payload: object): Request => {
    const body = JSON.stringify(payload);
    return post(body, { 'X-WC-Webhook-Signature': mac('sha256', stack.sourceKeys.shop ?? '', body, 'base64') });
  };
  const order = (id: number, status = 'processing') =>
    signed({
      id,
      number: String(id),
      status,
      billing: { email: `${id}@example.com`, first_name: 'A', last_name: 'B' },
    });

  const posts: readonly [what: string, request: () => Request, answer: string][] = [
    ['a signed order', () => order(1001), '202 application/json'],
    [
      'a shop’s test of the address',
      () => post('webhook_id=7', { 'content-type': 'application/x-www-form-urlencoded' }),
      '200 text/plain',
    ],
    ['an address that is no text', () => post('{}', {}, '/webhooks/%zz'), '400 application/json'],
    ['no signature', () => post('{}'), '401 application/problem+json'],
    [
      'a wrong signature',
      () => post('{}', { 'X-WC-Webhook-Signature': mac('sha256', 'wrong', '{}', 'base64') }),
      '401 application/problem+json',
    ],
    ['an unknown source', () => post('{}', {}, '/webhooks/nobody'), '404 application/problem+json'],
    ['65,537 bytes', () => post('a'.repeat(65_537)), '413 application/problem+json'],
    ['11 MB', () => post('a'.repeat(11_000_000)), '413 application/json'],
    ['a picture', () => post('GIF', { 'content-type': 'image/gif' }), '415 application/problem+json'],
    ['11,000 bytes of headers', () => post('{}', { 'x-long': 'a'.repeat(11_000) }), '431 application/json'],
    [
      'a source without a key',
      () => post('{}', { 'x-api-key': 'guess' }, '/webhooks/unfilled'),
      '503 application/problem+json',
    ],
  ];
  it.each(posts)('%s: %3$s', async (_, request, answer) => {
    expect((await ask(stack, request())).name).toBe(`receiveSignup ${answer}`);
  });

  const asJson = { accept: 'application/json' };
  const asPage = { accept: browser };
  const statuses: readonly [what: string, target: () => string, status: number][] = [
    ['a signup', () => statusTarget(stack, `shop.${'a'.repeat(22)}`), 200],
    ['a parameter too many', () => `${statusTarget(stack, 'shop.a')}&more=1`, 400],
    ['a wrong key', () => '/signups/shop.a?key=wrong', 404],
    ['no key', () => '/signups/shop.a', 404],
    ['a source that is gone', () => statusTarget(stack, 'gone.a'), 410],
    ['an item that nobody can read', () => statusTarget(stack, 'shop.broken'), 503],
  ];
  it.each(statuses)('the status of %s: %3$i, as JSON and as a page', async (_, target, status) => {
    const Item = { id: { S: signupItemId('classroom', 'shop.broken') }, kind: { S: 'nonsense' } };
    await clients.dynamodb.send(new PutItemCommand({ TableName: stack.tableName, Item }));
    const type = status === 200 ? 'application/json' : 'application/problem+json';
    const told = await ask(stack, { target: target(), headers: asJson });
    expect(told.name).toBe(`signupStatus ${status} ${type}`);
    expect(told.headers.has('content-security-policy')).toBe(false);
    const page = await ask(stack, { target: target(), headers: asPage });
    expect(page.name).toBe(`signupStatus ${status} text/html`);
    expect(page.headers.has('content-security-policy')).toBe(true);
    for (const { headers } of [told, page]) expect(headers.has('retry-after')).toBe(status === 503);
  });

  it('the status of an address that is no text, and of one with too many headers, are API Gateway’s', async () => {
    expect((await ask(stack, { target: '/signups/%zz' })).name).toBe('signupStatus 400 application/json');
    const headers = { 'x-long': 'a'.repeat(11_000) };
    expect((await ask(stack, { target: '/signups/a', headers })).name).toBe('signupStatus 431 application/json');
  });

  it.each<Request>([
    { target: '/' },
    { target: '/webhooks/shop' },
    { target: '/webhooks/', method: 'POST' },
    { target: '/webhooks/shop/more', method: 'POST' },
    { target: '/signups/shop.a', method: 'POST' },
  ])('nothing is at $method $target', async (request) => {
    expect((await ask(stack, request)).name).toBe('nothing 404 application/json');
  });

  it('an address that is no text is nowhere, either', async () => {
    expect((await ask(stack, { target: '/%zz' })).name).toBe('nothing 400 application/json');
  });

  const statusSchema = z.object({ destinations: z.object({ classroom: z.looseObject({ state: z.string() }) }) });
  const stateOf = async (target: string): Promise<string> => {
    const { text } = await ask(stack, { target });
    const { state, ...fields } = statusSchema.parse(JSON.parse(text)).destinations.classroom;
    got.states.add(state);
    for (const field of Object.keys(fields)) got.fields.add(`${state} ${field}`);
    return state;
  };

  it.each([
    ['created', order.bind(null, 2001)],
    ['ignored', order.bind(null, 2002, 'on-hold')],
    ['rejected', () => signed({ id: 2003, status: 'completed' })],
  ])('a signup that ends %s says so at the address that it was given', async (state, request) => {
    const accepted = z.object({ statusUrl: z.string() }).parse(JSON.parse((await ask(stack, request())).text));
    await expect.poll(() => stateOf(accepted.statusUrl), { timeout: 30_000 }).toBe(state);
  });

  /** The sample items, as if a worker had just written them. */
  const fresh = (item: SignupItem, index: number, steps = item.steps): SignupItem => {
    const signupId = `shop.${index}-${randomUUID()}`;
    const lease = item.lease > Date.parse('2026-11-22T10:18:00.000Z') ? Date.now() + 60_000 : 1;
    return { ...item, id: signupItemId('classroom', signupId), signupId, lease, steps, writeId: randomUUID() };
  };
  const registrations = everyItem.flatMap(({ steps: [step] }, index) =>
    step === undefined ? [] : [{ ...step, name: `registration:${index}` }],
  );
  const isCreated = ({ steps: [step] }: SignupItem) => step?.state === 'done' && step.outcome === 'created';
  const items = [
    ...everyItem.map((item, index) => fresh(item, index)),
    ...everyItem.filter(isCreated).map((item) => fresh(item, 100, [...item.steps, ...registrations])),
  ];
  it.each(items)('the state that the ledger’s item $signupId leads to is documented', async (item) => {
    const { signups } = createLedger(clients.dynamodb, stack.tableName);
    expect(await signups.write(item, null)).toEqual({ applied: true });
    expect(documentedStates.has(await stateOf(statusTarget(stack, item.signupId)))).toBe(true);
    await ask(stack, { target: statusTarget(stack, item.signupId), headers: asPage });
  });

  it('a signup that nobody has looked at yet is accepted', async () => {
    expect(await stateOf(statusTarget(stack, 'shop.not-yet'))).toBe('accepted');
  });
});

/** Changes the synthesized stack before it runs. */
const amend = (type: string, change: (properties: Record<string, unknown>) => void) => (assembly: string) => {
  const file = join(assembly, 'matriculate-dev.template.json');
  const resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
  const template = z
    .looseObject({ Resources: z.record(z.string(), resource) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  for (const { Type, Properties } of Object.values(template.Resources)) if (Type === type) change(Properties);
  writeFileSync(file, JSON.stringify(template));
};

const breakages: readonly [what: string, change: (assembly: string) => void, answer: string][] = [
  [
    'whose functions don’t start',
    amend('AWS::Lambda::Function', (properties) => Object.assign(properties, { Handler: 'index.nothing' })),
    '500 application/json',
  ],
  [
    'whose functions are too slow',
    amend('AWS::ApiGatewayV2::Integration', (properties) => Object.assign(properties, { TimeoutInMillis: 1 })),
    '503 application/json',
  ],
];
describe.each(breakages)('a stack %s', (_, change, answer) => {
  let stack: LocalStack;
  beforeAll(async () => {
    stack = await open({ amend: change });
  });
  afterAll(() => stack.stop());

  it(`answers ${answer}, in API Gateway’s words`, async () => {
    const posted = await ask(stack, { method: 'POST', target: '/webhooks/shop', body: '{}' });
    expect(posted.name).toBe(`receiveSignup ${answer}`);
    expect((await ask(stack, { target: '/signups/shop.a' })).name).toBe(`signupStatus ${answer}`);
  });
});

describe('every documented', () => {
  /** API Gateway's throttle; a test of the document holds the number in it against the template. */
  const onlyInTheCloud = /^\w+ 429 /;

  it('answer was got', () => {
    const documented = documentedAnswers.map(({ name }) => name).filter((name) => !onlyInTheCloud.test(name));
    expect([...got.answers].sort()).toEqual(documented.sort());
  });

  it('state of a signup was got, and every field of it in one state or another that shares it', () => {
    expect([...got.states].sort()).toEqual([...documentedStates.keys()].sort());
    for (const { title, properties } of document.components.schemas.DestinationState.oneOf) {
      const states = [...documentedStates].flatMap(([state, fields]) =>
        fields.join() === Object.keys(properties).join() && JSON.stringify(properties.state).includes(`"${state}"`)
          ? [state]
          : [],
      );
      const missing = Object.keys(properties).filter(
        (field) => field !== 'state' && !states.some((state) => got.fields.has(`${state} ${field}`)),
      );
      expect(missing, title).toEqual([]);
    }
  });
});
