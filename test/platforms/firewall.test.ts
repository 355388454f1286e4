import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { running } from '../../infra/local/servers/listen.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { config } from '../provision-user/config.ts';
import { record } from '../provision-user/records.ts';
import { mappedTo, signup, workerOf } from '../provision-user/worker.ts';

const told = z.object({ data: z.object({ signupId: z.string(), outcome: z.string() }) });
const page = '<html><body><h1>403 Forbidden</h1>Request blocked</body></html>';

interface Asked {
  readonly method: string;
  /** Its address and body, decoded. */
  readonly text: string;
}
type Headers = Readonly<Record<string, string>>;

/** Something before a vendor that lets not every call through. @param refused the headers of a 403, or `undefined` to let a call through */
async function firewall(vendor: string, refused: (asked: Asked) => Headers | undefined): Promise<string> {
  const { origin, pathname } = new URL(vendor);
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const text = `${decodeURIComponent(request.url ?? '')} ${decodeURIComponent(body)}`;
    const refusal = refused({ method: request.method ?? '', text });
    if (refusal !== undefined) {
      response.writeHead(403, { 'content-type': 'text/html', ...refusal }).end(page);
      return;
    }
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headersDistinct;
    const reply = await fetch(`${origin}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      ),
      ...(body === '' ? {} : { body }),
      redirect: 'manual',
    });
    response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.bytes());
  });
  const { url, close } = await running(server);
  onTestFinished(close);
  return `${url}${pathname.replace(/\/$/, '')}`;
}

/** A worker of the platform behind the firewall; the signups differ in their names and addresses. */
async function workerBehind(name: string, platform: RegisteredPlatform, refused: Parameters<typeof firewall>[1]) {
  const simulator = await (await platform.simulator()).start();
  onTestFinished(simulator.close);
  const url = await firewall(simulator.url, refused);
  const destination = { ...config.destination, platform: name, url, recipients: [] };
  const secret = async (id: string) => ({
    version: 'v1',
    value: id.endsWith('/ledger') ? { key: 'the key of the ledger' } : simulator.secret,
    createdAt: 0,
  });
  return workerOf({
    map: async (body) => {
      const person = Buffer.from(body).toString();
      return mappedTo({ ...signup, email: `${person}@example.com`, lastName: person === 'eve' ? '<script>' : 'Smith' });
    },
    over: {
      config: { ...config, destination },
      platform: platform.settings,
      vendor: await platform.connect({ ...destination, settings: simulator.settings }, { now: Date.now }),
      secrets: { current: secret, refreshed: secret, previous: async () => undefined },
      randomBytes,
      newId: randomUUID,
    },
  });
}

const blocks: [string, RegExp][] = [
  ['name', /script/],
  ['address', /eve@/],
];

describe.each(Object.entries(platforms))('%s', (name, platform) => {
  it.each(blocks)(
    'a person whose %s a firewall blocks stops nobody else, however often they come',
    async (_, blocked) => {
      const {
        handle,
        told: events,
        ledger,
        logged,
      } = await workerBehind(name, platform, ({ text }) => (blocked.test(text) ? {} : undefined));
      await handle({ Records: ['ann', 'eve', 'bob'].map((person) => record(person)) });
      for (const receiveCount of [2, 3, 4]) await handle({ Records: [record('eve', { receiveCount })] });
      await handle({ Records: [record('cyd')] });
      const outcomes = new Map(
        events.map((text) => told.parse(JSON.parse(text)).data).map((data) => [data.signupId, data.outcome]),
      );
      expect(Object.fromEntries(outcomes)).toEqual({
        'shop.ann': 'created',
        'shop.bob': 'created',
        'shop.cyd': 'created',
        // Electa's token is asked for without a person, so that a 403 is never about it: the signup waits.
        ...(name === 'electa' ? {} : { 'shop.eve': 'rejected' }),
      });
      const session = ledger.items.get('classroom#session');
      expect(session?.kind === 'session' ? session.refused : {}).toEqual({});
      expect(logged.join()).not.toContain('"BreakerOpen",1');
    },
  );
});

const bearers = Object.entries(platforms).filter(([, { settings }]) => settings.secretKeys.includes('token'));

describe.each(bearers)('%s', (name, platform) => {
  it('a token that lacks the scope to make accounts has everybody wait, and nobody rejected', async () => {
    const challenge = { 'www-authenticate': 'Bearer error="insufficient_scope"' };
    const {
      handle,
      told: events,
      logged,
    } = await workerBehind(name, platform, ({ method }) => (method === 'POST' ? challenge : undefined));
    for (const person of ['ann', 'bob', 'cyd']) await handle({ Records: [record(person)] });
    expect(events).toEqual([]);
    expect(logged.join()).toContain('"BreakerOpen",1');
  });
});
