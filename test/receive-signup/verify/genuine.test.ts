import { describe, expect, test } from 'vitest';
import { body, createWorld } from '../world.ts';
import { allSchemes } from './deliveries.ts';

describe.each(allSchemes)('$name', ({ verify, key, headers, sign }) => {
  const world = () =>
    createWorld(
      { shop: { verify, dedupeKey: ['body'], to: ['classroom'] } },
      { 'matriculate/test/sources/shop': [{ value: { keys: [key] } }] },
    );

  test('a genuine delivery is stored', async () => {
    const { post, sent } = world();
    expect((await post({ headers })).statusCode).toBe(202);
    expect(sent.map(({ message }) => Buffer.from(message.body, 'base64').toString())).toEqual([body]);
  });

  test('header names are taken in any case', async () => {
    const { post } = world();
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect((await post({ headers: shouted })).statusCode).toBe(202);
  });

  test('bytes that are no text are verified as they are', async () => {
    const { post, sent } = world();
    const bytes = Uint8Array.of(0x7b, 0xff, 0x00, 0xfe, 0x7d);
    const answer = await post({ headers: { ...sign(bytes), 'Content-Type': 'application/vnd.own+json' }, body: bytes });
    expect(answer.statusCode).toBe(202);
    expect(sent[0]?.message.body).toBe(Buffer.from(bytes).toString('base64'));
  });

  test('an empty body is verified like any other', async () => {
    expect((await world().post({ headers: sign(''), body: '' })).statusCode).toBe(202);
  });
});
