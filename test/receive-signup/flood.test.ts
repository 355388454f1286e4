import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import { eventOf, setUp, sources } from './hostile-world.ts';
import { allSchemes, generic, shopify, standardWebhooks } from './verify/deliveries.ts';
import { body } from './world.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('what is large is refused before it costs anything', () => {
  const { receive } = setUp();
  const quickly = async (event: APIGatewayProxyEventV2, status: number) => {
    const began = process.cpuUsage();
    for (let count = 0; count < 20; count += 1) expect((await receive(event)).statusCode).toBe(status);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 20_000;
  };

  test('a body of 10 MB', async () => {
    const megabytes = 'a'.repeat(10_000_000);
    expect(await quickly(eventOf('Shopify', shopify.headers, megabytes, false), 413)).toBeLessThan(50);
    expect(await quickly({ ...eventOf('Shopify', shopify.headers, '', true), body: megabytes }, 413)).toBeLessThan(50);
  });

  test('100,000 signatures, in each scheme', async () => {
    for (const { name, headers, signatureHeader } of allSchemes.filter(
      ({ name: scheme }) => !/static|Basic/.test(scheme),
    ))
      for (const between of [' ', ',', ';']) {
        const value = `${headers[signatureHeader]}${between}`.repeat(100_000);
        expect(await quickly(eventOf(name, { ...headers, [signatureHeader]: value }, body), 401)).toBeLessThan(50);
      }
  });

  test('a megabyte of each letter that a pattern could stumble over', async () => {
    for (const { name, headers } of [standardWebhooks, generic])
      for (const header of Object.keys(headers))
        for (const letter of ['1', 'v', ',', '=', ' ', '.', '{', '\u0000', '\ud800'])
          expect(
            await quickly(eventOf(name, { ...headers, [header]: letter.repeat(1_000_000) }, body), 401),
          ).toBeLessThan(50);
    for (const letter of ['A', '=', ' '])
      expect(
        await quickly(eventOf('Basic credentials', { authorization: `Basic ${letter.repeat(1_000_000)}` }, body), 401),
      ).toBeLessThan(50);
    expect(
      await quickly(
        eventOf('Shopify', { ...shopify.headers, 'content-type': `application/${'a'.repeat(1_000_000)}` }, body),
        415,
      ),
    ).toBeLessThan(50);
  });
});

test('100,000 bad requests leave nothing behind in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no garbage collector');
  const { receive } = setUp();
  const names = Object.keys(sources);
  const flood = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const name = names[index % names.length] ?? '';
      await receive(
        eventOf(
          name,
          { 'x-shopify-hmac-sha256': `${index}`, authorization: `Basic ${btoa(`${index}`)}` },
          `{"id":${index}}`,
        ),
      );
    }
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await flood(10_000);
  const after = await flood(100_000);
  expect(after - before).toBeLessThan(2_000_000);
});
