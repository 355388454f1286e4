import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as names from '../../infra/constructs/names.ts';
import { type AwsClients, localAwsClients } from '../../infra/local/aws-clients.ts';
import type { LocalStack } from '../../infra/local/local-stack.ts';
import { createLedger } from '../../lambdas/aws/table.ts';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import { signupItemId } from '../../lambdas/signups/ledger.ts';
import { document, documentedAnswers, documentedStates, judge } from '../infra/contract/openapi-answers.ts';
import { mac } from '../receive-signup/verify/deliveries.ts';
import { everyItem } from '../signup-status/sample-items.ts';
import { browser } from '../signup-status/world.ts';
import { anyRequest } from './any-request.ts';
import { amend, openStack, removeStacks, statusTarget } from './contract-stack.ts';

/** The OpenAPI document and the running stack, both ways: every answer got is documented, and every documented answer can be got. */

/** What was got over the whole file. */
const got = { answers: new Set<string>(), states: new Set<string>(), fields: new Set<string>() };

afterAll(removeStacks);

interface Request {
  readonly method?: string;
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

describe('a stack at work', () => {
  let stack: LocalStack;
  let clients: AwsClients;
  beforeAll(async () => {
    stack = await openStack();
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

  const posts: readonly [what: string, answer: string, request: () => Request][] = [
    ['a signed order', '202 application/json', () => order(1001)],
    [
      'a shop’s test of the address',
      '200 text/plain',
      () => post('webhook_id=7', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['an address that is no text', '400 application/json', () => post('{}', {}, '/webhooks/%zz')],
    ['no signature', '401 application/problem+json', () => post('{}')],
    [
      'a wrong signature',
      '401 application/problem+json',
      () => post('{}', { 'X-WC-Webhook-Signature': mac('sha256', 'wrong', '{}', 'base64') }),
    ],
    ['an unknown source', '404 application/problem+json', () => post('{}', {}, '/webhooks/nobody')],
    ['65,537 bytes', '413 application/problem+json', () => post('a'.repeat(65_537))],
    ['11 MB', '413 application/json', () => post('a'.repeat(11_000_000))],
    ['a picture', '415 application/problem+json', () => post('GIF', { 'content-type': 'image/gif' })],
    ['11,000 bytes of headers', '431 application/json', () => post('{}', { 'x-long': 'a'.repeat(11_000) })],
    [
      'a source without a key',
      '503 application/problem+json',
      () => post('{}', { 'x-api-key': 'guess' }, '/webhooks/unfilled'),
    ],
  ];
  it.each(posts)('%s: %s', async (_, answer, request) => {
    expect((await ask(stack, request())).name).toBe(`receiveSignup ${answer}`);
  });

  const asJson = { accept: 'application/json' };
  const asPage = { accept: browser };
  const statuses: readonly [what: string, status: number, target: () => string][] = [
    ['a signup', 200, () => statusTarget(stack, `shop.${'a'.repeat(22)}`)],
    ['a parameter too many', 400, () => `${statusTarget(stack, 'shop.a')}&more=1`],
    ['a wrong key', 404, () => '/signups/shop.a?key=wrong'],
    ['no key', 404, () => '/signups/shop.a'],
    ['a source that is gone', 410, () => statusTarget(stack, 'gone.a')],
    ['an item that nobody can read', 503, () => statusTarget(stack, 'shop.broken')],
  ];
  it.each(statuses)('the status of %s: %i, as JSON and as a page', async (_, status, target) => {
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

  it('whatever is asked, the answer is documented, and none is a 5xx: 400 requests', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        expect((await ask(stack, request)).name).not.toMatch(/ 5\d\d /);
      }),
      { numRuns: 400 },
    );
  });

  it('a signup that nobody has looked at yet is accepted', async () => {
    expect(await stateOf(statusTarget(stack, 'shop.not-yet'))).toBe('accepted');
  });
});

const breakages: readonly [what: string, change: (assembly: string) => void, answer: string][] = [
  ['whose functions don’t start', amend('AWS::Lambda::Function', { Handler: 'index.nothing' }), '500 application/json'],
  [
    'whose functions are too slow',
    amend('AWS::ApiGatewayV2::Integration', { TimeoutInMillis: 1 }),
    '503 application/json',
  ],
];
describe.each(breakages)('a stack %s', (_, change, answer) => {
  let stack: LocalStack;
  beforeAll(async () => {
    stack = await openStack({ amend: change });
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
