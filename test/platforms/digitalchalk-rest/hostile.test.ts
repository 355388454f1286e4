import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { locationId } from '../../../lambdas/platforms/digitalchalk-rest/location-id.ts';
import { cpuMilliseconds } from '../../fixtures/cpu-time.ts';
import { startAnsweringVendor } from '../answering-vendor.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { type Answer, connectTo, opened, registerCall, token } from './simulated.ts';

const location = '/dc/api/v5/users/65ade781cc98d136543678191005431a';
const password = 'Kd7-made-for-Ada';
const found = JSON.stringify({ results: [{ id: '65ade7', email: 'ada@example.com', username: 'ada', tags: ['a'] }] });

const vendor = await startAnsweringVendor();
afterAll(() => vendor.close());

/** The adapter where everything is answered so. */
function facing({ status = 200, headers = {}, body = '' }: Answer) {
  vendor.answerWith({ status, headers: { 'content-type': 'application/json', ...headers }, body });
  return opened(connectTo(`${vendor.url}/dc/api/v5`), { token });
}

/** What is made of an answer to everything. */
async function judged(answer: Answer) {
  const account = facing(answer);
  return {
    created: await account.createAccount(callWith(signupWith(), password)),
    found: await account.lookUp(callWith()),
    registered: await account.register(registerCall('course-1', { userId: 'u' })),
    tagged: await account.addTags({ ...callWith(signupWith({ tags: ['b'] })), account: { userId: 'u' } }),
    probed: await account.probe(AbortSignal.timeout(5000)),
  };
}

it('the replies that are spoilt here are good ones', async () => {
  expect((await judged({ status: 201, headers: { location } })).created.kind).toBe('created');
  expect((await judged({ body: found })).found.kind).toBe('exists');
});

describe('never a success, never an exception:', () => {
  const answers: [string, Answer][] = [
    ['no Location', { status: 201 }],
    ['a Location without an id', { status: 201, headers: { location: '/dc/api/v5/users/' } }],
    ['a Location of the collection', { status: 201, headers: { location: '/dc/api/v5/users' } }],
    ['a Location of something else', { status: 201, headers: { location: '/dc/api/v5/login/65ade7' } }],
    ['a Location with a space', { status: 201, headers: { location: '/users/65 ade7' } }],
    ['a Location with an id in its query', { status: 201, headers: { location: '/users?next=/users/65ade7' } }],
    ['a page with the Location', { status: 201, headers: { location }, body: '<html>We will be back</html>' }],
    ["somebody else's address", { status: 201, headers: { location }, body: '{"email":"eve@example.com"}' }],
    ['a list', { status: 201, headers: { location }, body: '[]' }],
    ['half of an object', { status: 201, headers: { location }, body: '{"email":"ada@exam' }],
    ...[200, 202, 203, 204, 205, 206].map((status): [string, Answer] => [
      `the status ${status} with the Location`,
      { status, headers: { location } },
    ]),
    ...[300, 301, 302, 303, 304, 307, 308].map((status): [string, Answer] => [
      `the redirect ${status} to the new user`,
      { status, headers: { location } },
    ]),
    ...[400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 504].map((status): [string, Answer] => [
      `the status ${status} with the Location`,
      { status, headers: { location }, body: '{}' },
    ]),
  ];
  it.each(answers)('%s', async (_, answer) => {
    expect((await judged(answer)).created.kind).not.toBe('created');
  });

  it('a list that is cut anywhere', async () => {
    for (let end = 0; end < found.length; end++)
      expect((await facing({ body: found.slice(0, end) }).lookUp(callWith())).kind, `cut at ${end}`).toBe(
        'nobody-knows',
      );
  });

  it('any text, any bytes, any status, any charset', async () => {
    const value = fc.json({ maxDepth: 3 });
    const shaped = fc.record(
      {
        results: fc.jsonValue(),
        next: fc.jsonValue(),
        errors: fc.jsonValue(),
        fieldErrors: fc.jsonValue(),
        id: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      value,
      shaped.map((object) => JSON.stringify(object)),
      fc.string(),
      fc.uint8Array({ maxLength: 200 }),
    );
    const type = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'x; charset=nope',
      'text/html',
    );
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.constantFrom(200, 201, 204, 400, 401, 500),
        type,
        async (reply, status, contentType) => {
          const sent = status === 204 ? '' : reply;
          const told = await judged({ status, headers: { 'content-type': contentType }, body: sent });
          expect(told.created.kind).not.toMatch(/created|duplicate/);
          expect(told.found.kind).not.toBe('exists');
          expect(told.registered.kind).not.toMatch(/registered|already/);
          expect(told.tagged.kind).not.toBe('added');
          expect(JSON.stringify(told)).not.toContain(token);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it('the words of a refusal hold neither token nor password, in whatever form the vendor repeats them', async () => {
  const forms = fc.constantFrom(token, token.toUpperCase(), password, password.toLowerCase());
  await fc.assert(
    fc.asyncProperty(
      fc.string(),
      forms,
      fc.string(),
      fc.constantFrom(400, 401, 403),
      async (before, secret, after, status) => {
        const words = `${before}${secret}${after}`;
        const body = JSON.stringify({
          errors: [words],
          fieldErrors: { [words]: words },
          error: words,
          error_description: words,
        });
        const { created } = await judged({ status, body });
        const told = JSON.stringify(created).toLowerCase();
        for (const canary of [token, password]) expect(told).not.toContain(canary.toLowerCase());
      },
    ),
    { numRuns: 200 },
  );
});

it.each([
  ['one long word', JSON.stringify({ errors: ['x'.repeat(900_000)] })],
  ['many words', JSON.stringify({ errors: Array.from({ length: 200_000 }, () => 'x') })],
  [
    'many fields',
    JSON.stringify({
      fieldErrors: Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`f${index}`, 'x'])),
    }),
  ],
  ['brackets', '['.repeat(900_000)],
  ['nested objects', '{"errors":'.repeat(90_000)],
])('a refusal of a megabyte of %s takes no time and makes no long message', async (_, body) => {
  const account = facing({ status: 400, body });
  const took = await cpuMilliseconds(async () => {
    expect(JSON.stringify(await account.createAccount(callWith())).length).toBeLessThan(2000);
  });
  expect(took).toBeLessThan(4000);
});

describe('the id in a Location', () => {
  it.each([
    ['/dc/api/v5/users/65ade781', '65ade781'],
    ['/users/65ade781', '65ade781'],
    ['users/65ade781', '65ade781'],
    ['https://api.digitalchalk.com/api/v5/users/65ade781/', '65ade781'],
    ['/dc/api/v5/Users/65ade781?x=1#y', '65ade781'],
  ])('of %s is %s', (value, id) => {
    expect(locationId(value, 'users')).toBe(id);
  });

  it('is never anything but a plain word', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webPath(), fc.webUrl()), (value) => {
        expect(locationId(`/users/${value}`, 'users') ?? 'x').toMatch(/^[\w.~-]+$/);
      }),
    );
  });
});
