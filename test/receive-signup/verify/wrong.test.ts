import { describe, expect, test } from 'vitest';
import { createWorld, detailOf } from '../world.ts';
import { allSchemes, basic, type Genuine, signingSchemes, staticHeader } from './deliveries.ts';
import { ownWrongs, type Wrong, wrongCredentials, wrongSignatures, wrongStaticHeaders } from './wrong-deliveries.ts';

const said: Readonly<Record<Wrong[2], RegExp>> = {
  missing: /carries no signature and no credentials/,
  malformed: /not in the form/,
  stale: /too old or in the future/,
  mismatch: /not right/,
};

const tables: readonly [Genuine, readonly Wrong[]][] = [
  ...signingSchemes.map((scheme): [Genuine, Wrong[]] => [
    scheme,
    [...wrongSignatures(scheme), ...(ownWrongs[scheme.name] ?? [])],
  ]),
  [staticHeader, wrongStaticHeaders],
  [basic, wrongCredentials],
];

test('every scheme has ten wrong deliveries or more', () => {
  expect(tables.map(([{ name }]) => name)).toEqual(allSchemes.map(({ name }) => name));
  for (const [, wrongs] of tables) expect(wrongs.length).toBeGreaterThanOrEqual(10);
});

describe.each(tables)('$name', ({ verify, key }, wrongs) => {
  test.each(wrongs)('%s: 401', async (_, post, refusal) => {
    const {
      post: send,
      sent,
      reads,
      logs,
      metrics,
    } = createWorld(
      { shop: { verify, dedupeKey: ['body'], to: ['classroom'] } },
      { 'matriculate/test/sources/shop': [{ value: { keys: [key, `${key}2`] } }] },
    );
    const answer = await send(post);
    expect(answer.statusCode).toBe(401);
    expect(detailOf(answer)).toMatch(said[refusal]);
    expect(sent).toEqual([]);
    // What can be known without a key costs no read; what can't costs one.
    expect(reads).toEqual(refusal === 'mismatch' ? ['matriculate/test/sources/shop AWSCURRENT'] : []);
    expect(metrics).toEqual([{ name: 'SignatureRefused', value: 1, dimensions: { source: 'shop' } }]);
    expect(JSON.stringify([answer, logs])).not.toContain(key);
  });
});
