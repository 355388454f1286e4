import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMapper, type Mapped, type MappingRules } from '../../lambdas/signups/map-signup.ts';
import { signupFields } from '../../lambdas/signups/signup.ts';
import { cpuMilliseconds } from '../fixtures/cpu-time.ts';

const rules: MappingRules = {
  mapping: Object.fromEntries(signupFields.map((field) => [field, field])),
  set: {},
};
const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' };

const map = (payload: unknown, changes: Partial<MappingRules> = {}): Promise<Mapped> =>
  mapText(typeof payload === 'string' ? payload : JSON.stringify(payload), changes);
const mapText = (text: string, changes: Partial<MappingRules> = {}): Promise<Mapped> =>
  createMapper({ ...rules, ...changes })(Buffer.from(text));

test('a payload becomes a signup', async () => {
  expect(await map({ ...ada, zip: 1234, reference: 12, tags: ['a', 7], context: { course: 'x' } })).toMatchObject({
    kind: 'signup',
    signup: { ...ada, zip: '1234', reference: '12', tags: ['a', '7'], context: { course: 'x' }, role: 'student' },
  });
});

test('a form becomes a signup', async () => {
  const form = 'email=ada%40example.com&firstName=Ada&lastName=Lovelace&tags=a&tags=b';
  expect(await mapText(form)).toMatchObject({
    kind: 'signup',
    signup: { ...ada, tags: ['a', 'b'] },
  });
});

test('numbers too long for a double keep their digits', async () => {
  const text = '{"email":"a@b.c","firstName":"A","lastName":"B","reference":12345678901234567890,"phone":441}';
  expect(await mapText(text)).toMatchObject({
    kind: 'signup',
    signup: { reference: '12345678901234567890', phone: '441' },
  });
});

test.each([
  [{ tags: 'one' }, { tags: ['one'] }],
  [{ tags: ['a', '', null, ' a ', 'b'] }, { tags: ['a', 'b'] }],
  [{ offerings: 93 }, { offerings: ['93'] }],
  [{ email: ['ada@example.com'] }, { email: 'ada@example.com' }],
  [{ firstName: '  Ada \u00a0 Maria ' }, { firstName: 'Ada Maria' }],
  [{ address: '12 Square\r\nLondon' }, { address: '12 Square London' }],
  [{ password: '  keep me  ' }, { password: '  keep me  ' }],
])('%j is taken as %j', async (fields, expected) => {
  const mapped = await map({ ...ada, ...fields });
  expect(mapped.kind === 'signup' && mapped.signup).toMatchObject(expected);
});

test.each([null, '', ' ', []])('an optional field of %j is the same as none', async (nothing) => {
  const fields = { zip: nothing, phone: nothing, tags: nothing, gender: nothing, locale: nothing, reference: nothing };
  expect(await map({ ...ada, ...fields })).toEqual(await map(ada));
});

test.each([
  [{ email: undefined }, 'email: is missing'],
  [{ email: ['a@b.c', 'd@e.f'] }, 'email: yields 2 values where one is wanted'],
  [{ email: 'nobody' }, 'email: is no e-mail address'],
  [{ firstName: 7 }, 'firstName: must be text'],
  [{ lastName: { a: 1 } }, 'lastName: must be text'],
  [{ zip: true }, 'zip: must be text'],
  [{ firstName: 'A\u0000B' }, 'firstName: holds a control character'],
  [{ lastName: '\ud800' }, 'lastName: holds half of a surrogate pair, which is no text'],
  [{ gender: 'male' }, 'gender: must be M, F or N'],
  [{ role: 'owner' }, 'role: must be student, moderator or administrator'],
  [{ tags: [['a']] }, 'tags.0: must be text'],
  [{ tags: { a: 1 } }, 'tags.0: must be text'],
  [{ permissions: ['a'] }, 'permissions: must be an object'],
  [{ permissions: { 'my-secret-key': 'yes' } }, 'permissions: must be true or false'],
  [{ context: 'text' }, 'context: must be an object'],
  [{ context: { x: 'x'.repeat(5000) } }, 'context: is larger than 4096 bytes as JSON'],
  [{ firstName: '', lastName: '  ' }, 'firstName: is missing; lastName: is missing'],
])('%j is rejected: %s', async (fields, message) => {
  expect(await map({ ...ada, ...fields })).toMatchObject({ kind: 'rejected', message });
});

test('several persons in one payload are rejected', async () => {
  expect(await map([ada, { ...ada, email: 'b@example.com' }])).toMatchObject({
    kind: 'rejected',
    message: expect.stringContaining('email: yields 2 values where one is wanted'),
  });
  expect(await map([ada])).toMatchObject({ kind: 'signup' });
});

test('an expression that fails is named with its place, and so is everything else that is wrong', async () => {
  const mapping = { ...rules.mapping, firstName: '$uppercase(firstName)', reference: 'id' };
  expect(await map({ ...ada, email: 'x', firstName: 5, id: 'A-7' }, { mapping })).toMatchObject({
    kind: 'rejected',
    message:
      'firstName: at character 11 of its expression, a function was given a value of the wrong type; email: is no e-mail address',
    reference: 'A-7',
  });
});

test('a reference that is wrong itself is not told', async () => {
  const mapped = await map({ ...ada, email: 'x', reference: 'r'.repeat(300) });
  expect(mapped).not.toHaveProperty('reference');
});

test('accept and when decide by JSONata’s truth, accept first', async () => {
  const filters = { accept: 'paid', when: 'items[sku = "a"]' };
  const items = [{ sku: 'a' }];
  expect(await map({ ...ada, paid: 0, items: [] }, filters)).toEqual({ kind: 'ignored', why: 'accept' });
  expect(await map({ ...ada, items }, filters)).toEqual({ kind: 'ignored', why: 'accept' });
  expect(await map({ ...ada, paid: [false, 0], items }, filters)).toEqual({ kind: 'ignored', why: 'accept' });
  expect(await map({ ...ada, paid: 'yes', items: [] }, filters)).toEqual({ kind: 'ignored', why: 'when' });
  expect(await map({ ...ada, paid: 'yes', items }, filters)).toMatchObject({ kind: 'signup' });
});

test('what is ignored need not map', async () => {
  expect(await map({}, { accept: 'false' })).toEqual({ kind: 'ignored', why: 'accept' });
});

test('a filter that fails rejects, so that nobody is dropped in silence', async () => {
  expect(await map({ ...ada, total: 'free' }, { when: 'total > 0' })).toMatchObject({
    kind: 'rejected',
    message: 'when: at character 7 of its expression, both sides of the comparison must be of the same type',
  });
});

test('constants win over the mapping and replace lists whole', async () => {
  const set = { tags: ['route'], role: 'moderator', zip: 99 };
  expect(await map({ ...ada, tags: ['mapped'], zip: '1', role: 'owner' }, { set })).toMatchObject({
    kind: 'signup',
    signup: { tags: ['route'], role: 'moderator', zip: '99' },
  });
});

test('an expression that a constant replaces is not even asked', async () => {
  const mapping = { ...rules.mapping, tags: '$error("no tags")' };
  expect(await map(ada, { mapping, set: { tags: [] } })).toMatchObject({ kind: 'signup', signup: { tags: [] } });
});

test('an expression that may not be used is an error before any payload', () => {
  expect(() => createMapper({ mapping: { email: '$eval(x)' }, set: {} })).toThrow(
    'email: character 6: $eval is not available here',
  );
});

test('the content is the signup’s, not the body’s', async () => {
  const [one, other, changed] = await Promise.all([
    map('{"email":"ada@example.com","firstName":"Ada","lastName":"Lovelace","stamp":1}'),
    map('{"stamp":2,"lastName":"Lovelace","firstName":" Ada ","email":"ada@example.com"}'),
    map('{"email":"ada@example.com","firstName":"Ida","lastName":"Lovelace"}'),
  ]);
  const contents = [one, other, changed].map((mapped) => mapped?.kind === 'signup' && mapped.content);
  expect(contents[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(contents[0]).toBe(contents[1]);
  expect(contents[0]).not.toBe(contents[2]);
});

test('the order of keys in a context does not change the content', async () => {
  const [one, other] = await Promise.all([
    map({ ...ada, context: { a: { x: 1, y: 2 }, b: 3 } }),
    map({ ...ada, context: { b: 3, a: { y: 2, x: 1 } } }),
  ]);
  expect(one.kind === 'signup' && one.content).toBe(other.kind === 'signup' && other.content);
});

test('where mapping fails the content is the body’s', async () => {
  const [one, same, other] = await Promise.all([mapText('{'), mapText('{'), mapText('{ ')]);
  expect(one).toEqual(same);
  expect(one.kind === 'rejected' && one.content).not.toBe(other.kind === 'rejected' && other.content);
});

test('prototype keys in a context are data and reach no prototype', async () => {
  const text = JSON.stringify({ ...ada, context: {} }).replace(
    '"context":{}',
    '"context":{"__proto__":{"polluted":true},"a":1}',
  );
  const mapped = await mapText(text);
  expect(mapped.kind === 'signup' && Reflect.get(mapped.signup.context, 'polluted')).toBeUndefined();
  expect(mapped.kind === 'signup' && mapped.signup.context).toHaveProperty('a', 1);
  expect('polluted' in {}).toBe(false);
});

const canary = 'xyzzy-canary';
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(canary, [canary, canary], { [canary]: canary }, { _jsonata_lambda: true, body: canary }, [
    [canary],
  ]),
  fc.constantFrom<unknown>(`${canary}\u0000`, `${canary}\ud800`, canary.repeat(2000), 1e308, -0, [], {}, null, true),
  fc.string({ unit: 'binary' }).map((text) => `${text}${canary}`),
);

test('whatever a field holds, the mapper ends without a throw, and no message repeats a value', async () => {
  const mapper = createMapper({
    accept: 'email != "drop"',
    mapping: {
      ...rules.mapping,
      firstName: '$trim(firstName) & $substring(lastName, 0, 1)',
      address: '$join(address, ", ")',
    },
    when: '$count(tags[$startsWith($, "x")]) >= 0',
    set: {},
  });
  await fc.assert(
    fc.asyncProperty(
      fc.record(Object.fromEntries(signupFields.map((field) => [field, hostile])), { requiredKeys: [] }),
      async (payload) => {
        const body = Buffer.from(JSON.stringify(payload));
        const mapped = await mapper(body);
        if (mapped.kind === 'rejected') expect(mapped.message).not.toContain('canary');
        expect(await mapper(body)).toEqual(mapped);
      },
    ),
    { numRuns: 500 },
  );
});

test('whatever bytes come, the mapper ends without a throw', async () => {
  const mapper = createMapper(rules);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (body) => {
      expect((await mapper(body)).kind).toBe('rejected');
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['64 KiB of brackets', '['.repeat(65_536)],
  ['64 KiB of one text', `{"email":"${'a'.repeat(65_000)}"}`],
  ['64 KiB of spaces in a name', `{"email":"a@b.c","lastName":"L","firstName":"${' '.repeat(65_000)}"}`],
  ['30,000 numbers', `{"email":[${'1,'.repeat(30_000)}1]}`],
  ['6,000 keys', `{${Array.from({ length: 6000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ['64 KiB of escapes', `{"email":"${'\\u0061'.repeat(10_000)}"}`],
  ['an address that is slow to match', `{"email":"${'a@'.repeat(30_000)}"}`],
])('%s are rejected within a second', async (_, text) => {
  const took = await cpuMilliseconds(async () => expect((await mapText(text)).kind).toBe('rejected'));
  expect(took).toBeLessThan(1000);
});
