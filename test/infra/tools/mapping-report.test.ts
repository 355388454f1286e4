import { expect, test } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { reportMapping } from '../../../infra/tools/mapping-report.ts';

const mapping = { email: 'email', firstName: 'first', lastName: 'last', password: 'password', role: 'role' };
const config = await checkConfig(
  {
    sources: {
      shop: {
        verify: { scheme: 'shopify' },
        dedupeKey: ['/id'],
        accept: 'paid',
        mapping,
        to: [
          { destination: 'classroom', when: "kind = 'live'" },
          { destination: 'library', set: { tags: ['x'] } },
        ],
      },
    },
    destinations: {
      classroom: { platform: 'electa', credentials: 'discard' },
      library: { platform: 'electa', credentials: 'discard' },
    },
  },
  { stage: 'dev', file: 'dev.json', stages: ['dev'], simulated: true },
);

const ada = { id: 1, email: 'ada@example.com', first: 'Ada', last: 'Lovelace', paid: true, kind: 'live' };
const report = (payload: unknown) => {
  const source = config.sources.shop;
  if (source === undefined) throw new Error('no shop');
  return reportMapping(config, source, { body: Buffer.from(JSON.stringify(payload)), contentType: 'application/json' });
};

test('the signup is printed for each destination, with that destination’s constants', async () => {
  const { text, ok } = await report(ada);
  expect(ok).toBe(true);
  expect(text).toMatch(/^classroom: \{\n {2}"email": "ada@example.com"/);
  expect(text).toMatch(/library: \{[^}]*"tags": \[\s*"x"\s*\]/);
});

test('a password is not shown', async () => {
  const { text } = await report({ ...ada, password: 's3cr3t-canary' });
  expect(text).toContain('"password": "(not shown)"');
  expect(text).not.toContain('canary');
});

test('what is ignored is said with the filter that says so', async () => {
  const other = await report({ ...ada, kind: 'book' });
  expect(other.text).toContain("classroom: ignored, since this is false: when: kind = 'live'");
  expect(other.ok).toBe(true);
  expect((await report({ ...ada, paid: false })).text).toBe(
    'classroom: ignored, since this is false: accept: paid\nlibrary: ignored, since this is false: accept: paid',
  );
});

test('what is wrong is said with its field', async () => {
  expect(await report({ ...ada, email: 7 })).toEqual({
    ok: false,
    text: 'classroom: rejected: email: must be text\nlibrary: rejected: email: must be text',
  });
});

test('a role that a destination does not give is rejected there', async () => {
  const { text, ok } = await report({ ...ada, role: 'administrator' });
  expect(text).toContain("classroom: rejected: role: administrator is not among the destination's roles");
  expect(ok).toBe(false);
});

test('a payload without its dedupe key is rejected everywhere', async () => {
  const { text, ok } = await report({ ...ada, id: undefined });
  expect(text).toMatch(/^rejected everywhere: .*\/id/);
  expect(ok).toBe(false);
});
