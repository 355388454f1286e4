import { expect, test } from 'vitest';
import { presets } from '../../../../infra/presets/registry.ts';
import { anotherSample } from '../../../../infra/tools/start/another-sample.ts';
import { resolvePointer } from '../../../../lambdas/signups/json-pointer.ts';
import { createMapper } from '../../../../lambdas/signups/map-signup.ts';

test('the address changes wherever it stands, and the rest stays', () => {
  const sample = { email: 'Ada@Example.com', nested: [{ mail: 'ada@example.com' }], other: 'bob@example.com', n: 1 };
  expect(anotherSample(sample, 'ada@example.com', [])).toEqual({
    email: 'Ada+2@Example.com',
    nested: [{ mail: 'ada+2@example.com' }],
    other: 'bob@example.com',
    n: 1,
  });
});

test('what the dedupe key points at changes: a number is counted on, a text gets an end', () => {
  const sample = { id: 1001, 'a/b': { c: 'x' }, list: [{ id: 'y' }] };
  expect(anotherSample(sample, 'nobody@example.com', ['/id', '/a~1b/c', '/list/0/id', '/absent'])).toEqual({
    id: 1002,
    'a/b': { c: 'x-2' },
    list: [{ id: 'y-2' }],
  });
});

test.each(Object.entries(presets))(
  "%s: another sample is another person's signup under another key",
  async (_, preset) => {
    const map = createMapper({ accept: preset.accept, mapping: preset.mapping, set: {} });
    const mapped = async (sample: unknown) => map(Buffer.from(JSON.stringify(sample)));
    const first = await mapped(preset.sample);
    if (first.kind !== 'signup') throw new Error('the sample is no signup');
    const pointers = preset.dedupeKey.filter((part) => part.startsWith('/'));
    const other = anotherSample(preset.sample, first.signup.email, pointers);
    expect(await mapped(other)).toMatchObject({
      kind: 'signup',
      signup: { email: first.signup.email.replace('@', '+2@') },
    });
    for (const pointer of pointers)
      expect(resolvePointer(other, pointer)).not.toEqual(resolvePointer(preset.sample, pointer));
  },
);
