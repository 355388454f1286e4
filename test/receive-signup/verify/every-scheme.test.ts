import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { body, createWorld, detailOf, now } from '../world.ts';
import { allSchemes, basic, type Genuine, signingSchemes, staticHeader } from './deliveries.ts';
import { vectors } from './vectors.ts';
import { ownWrongs, type Wrong, wrongCredentials, wrongSignatures, wrongStaticHeaders } from './wrong-deliveries.ts';

/** For each scheme: its published vectors, a right delivery, and the wrong ones, each with its answer; `reports/schemes.md` has the table. */

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

const rows = new Map<string, string[]>(allSchemes.map(({ name }) => [name, []]));
const note = (scheme: string, what: string, status: number | undefined, why: string) =>
  rows.get(scheme)?.push(`| ${scheme} | ${what} | ${status} | ${why} |`);

afterAll(() => {
  const head = '| scheme | delivery | answer | why |\n|---|---|---|---|\n';
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/schemes.md', `${head}${[...rows.values()].flat().join('\n')}\n`);
});

const worldOf = ({ verify }: Genuine, ...keys: string[]) =>
  createWorld(
    { shop: { verify, dedupeKey: ['body'], to: ['classroom'] } },
    { 'matriculate/test/sources/shop': [{ value: { keys } }] },
  );

test('every scheme has ten wrong deliveries or more, and every one that signs has a published vector', () => {
  expect(tables.map(([{ name }]) => name)).toEqual(allSchemes.map(({ name }) => name));
  for (const [, wrongs] of tables) expect(wrongs.length).toBeGreaterThanOrEqual(10);
  for (const { name } of signingSchemes) expect(vectors.map(({ scheme }) => scheme)).toContain(name);
});

test.each(vectors)(
  '$scheme: the vector of $from is genuine',
  async ({ scheme, from, key, headers, body: signed, at }) => {
    const genuine = allSchemes.find(({ name }) => name === scheme);
    if (genuine === undefined) throw new Error(`no scheme ${scheme}`);
    const { post, sent, advance } = worldOf(genuine, key);
    if (at !== undefined) advance(at * 1000 - now);
    const { statusCode } = await post({ headers, body: signed });
    expect(statusCode).toBe(202);
    expect(sent.map(({ message }) => Buffer.from(message.body, 'base64').toString())).toEqual([signed]);
    note(scheme, `a published vector (${from})`, statusCode, 'genuine');
  },
);

describe.each(tables)('$name', (genuine, wrongs) => {
  const { name, key, headers } = genuine;

  test('a right delivery: 202', async () => {
    const { post, sent } = worldOf(genuine, key, `${key}2`);
    const { statusCode } = await post({ headers, body });
    expect(statusCode).toBe(202);
    expect(sent).toHaveLength(1);
    note(name, 'a right delivery', statusCode, 'genuine');
  });

  test.each(wrongs)('%s: 401', async (what, post, refusal) => {
    const { post: send, sent, reads, logs, metrics } = worldOf(genuine, key, `${key}2`);
    const answer = await send(post);
    expect(answer.statusCode).toBe(401);
    expect(detailOf(answer)).toMatch(said[refusal]);
    expect(sent).toEqual([]);
    // What can be known without a key costs no read; what can't costs one.
    expect(reads).toEqual(refusal === 'mismatch' ? ['matriculate/test/sources/shop AWSCURRENT'] : []);
    expect(metrics).toEqual([
      { name: 'SignatureRefused', value: 1, dimensions: { source: 'shop' } },
      { name: 'Accepted', value: 0, dimensions: { source: 'shop' } },
    ]);
    expect(JSON.stringify([answer, logs])).not.toContain(key);
    // For the operator: which header, or how many keys were tried.
    const [refused] = logs.filter(({ message }) => message === 'signature refused');
    expect(refused?.fields.detail).toMatch(refusal === 'mismatch' ? /^[12] usable keys/ : /\bheader\b|\btimestamp\b/);
    note(name, what, answer.statusCode, refusal);
  });
});
