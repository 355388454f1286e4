import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { startAnsweringVendor } from '../answering-vendor.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { connectTo, opened } from './simulated.ts';

const token = 'ecc4dabc-8fcf-4faa-9d1b-8b3e8571b7da';
const password = 'Kd7-made-for-Ada';
const ada = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: '2819c223', userName: 'ada@example.com' };
const user = JSON.stringify(ada);
const list = JSON.stringify({ totalResults: 1, Resources: [ada] });

const vendor = await startAnsweringVendor();
afterAll(() => vendor.close());

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

/** The adapter where everything is answered so. */
function facing({ status = 200, type = 'application/scim+json', body = '' }: Answer) {
  vendor.answerWith({ status, headers: { 'content-type': type }, body });
  return opened(connectTo(`${vendor.url}/scim/v2`), { token });
}

async function judged(answer: Answer) {
  const account = facing(answer);
  return {
    created: await account.createAccount(callWith(signupWith(), password)),
    found: await account.lookUp(callWith()),
    probed: await account.probe(AbortSignal.timeout(5000)),
  };
}

it('the replies that are spoilt here are good ones', async () => {
  expect((await judged({ status: 201, body: user })).created.kind).toBe('created');
  expect((await judged({ body: list })).found.kind).toBe('exists');
});

describe('never a success, never an exception:', () => {
  it('a reply that is cut anywhere', async () => {
    for (let end = 0; end < user.length; end++)
      expect((await judged({ status: 201, body: user.slice(0, end) })).created.kind, `cut at ${end}`).toBe(
        'nobody-knows',
      );
    for (let end = 0; end < list.length; end++)
      expect((await judged({ body: list.slice(0, end) })).found.kind, `cut at ${end}`).toBe('nobody-knows');
  });

  const users: [string, unknown][] = [
    ['no user', {}],
    ['no id', { ...ada, id: undefined }],
    ['an empty id', { ...ada, id: '' }],
    ['a number for an id', { ...ada, id: 1 }],
    ['another user', { ...ada, userName: 'eve@example.com' }],
    ['no name', { ...ada, userName: undefined }],
    ['a list of names', { ...ada, userName: ['ada@example.com'] }],
    ['somebody else with our key in another place', { id: '1', userName: 'eve', displayName: 'ada@example.com' }],
    ['a list', [ada]],
    ['an error', { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400', detail: 'no' }],
    ['null', null],
    ['a text', 'ada@example.com'],
  ];
  it.each(users)('201 with %s', async (_, body) => {
    expect((await judged({ status: 201, body: JSON.stringify(body) })).created.kind).toBe('nobody-knows');
  });

  it.each([200, 202, 203, 206, 302, 400, 401, 403, 404, 409, 412, 429, 500, 501, 503])(
    'the new user with the status %i',
    async (status) => {
      expect((await judged({ status, body: user })).created.kind).not.toBe('created');
    },
  );

  const lists: [string, unknown][] = [
    ['nothing', {}],
    ['no number', { Resources: [] }],
    ['a negative number', { totalResults: -1, Resources: [] }],
    ['a number in words', { totalResults: '0', Resources: [] }],
    ['more than it shows', { totalResults: 1 }],
    ['an object for a list', { totalResults: 1, Resources: { 0: ada } }],
    ['a user without an id', { totalResults: 1, Resources: [{ userName: 'ada@example.com' }] }],
  ];
  it.each(lists)('a list with %s', async (_, body) => {
    expect((await judged({ body: JSON.stringify(body) })).found.kind).toBe('nobody-knows');
  });

  it('any text, any bytes, any status, any charset', async () => {
    const shaped = fc.record(
      {
        id: fc.jsonValue(),
        userName: fc.jsonValue(),
        externalId: fc.jsonValue(),
        totalResults: fc.jsonValue(),
        Resources: fc.jsonValue(),
        detail: fc.jsonValue(),
        scimType: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.json({ maxDepth: 3 }),
      shaped.map((object) => JSON.stringify(object)),
      fc.string(),
      fc.uint8Array({ maxLength: 200 }),
    );
    const type = fc.constantFrom(
      'application/scim+json',
      'application/json; charset=utf-16',
      'x; charset=nope',
      'text/html',
    );
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.constantFrom(200, 201, 400, 401, 409, 500),
        type,
        async (reply, status, contentType) => {
          const told = await judged({ status, type: contentType, body: reply });
          expect(told.created.kind).not.toMatch(/created|duplicate/);
          expect(told.found.kind).not.toBe('exists');
          expect(JSON.stringify(told)).not.toContain(token);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it('the words of a refusal hold neither token nor password, in whatever form the server repeats them', async () => {
  const forms = fc.constantFrom(token, token.toUpperCase(), password, password.toLowerCase());
  await fc.assert(
    fc.asyncProperty(
      fc.string(),
      forms,
      fc.string(),
      fc.constantFrom(400, 401, 403, 409),
      async (before, secret, after, status) => {
        const words = `${before}${secret}${after}`;
        const { created } = await judged({ status, body: JSON.stringify({ detail: words, error_description: words }) });
        const told = JSON.stringify(created).toLowerCase();
        for (const canary of [token, password]) expect(told).not.toContain(canary.toLowerCase());
      },
    ),
    { numRuns: 200 },
  );
});
