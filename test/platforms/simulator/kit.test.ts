import { afterEach, describe, expect, test } from 'vitest';
import type {
  ArmedWeather,
  RunningSimulator,
  SimulatorOptions,
  Weather,
} from '../../../lambdas/platforms/platform-simulator.ts';
import { accountStore } from '../../../lambdas/platforms/simulator/account-store.ts';
import { counter } from '../../../lambdas/platforms/simulator/counter.ts';
import { startSimulator } from '../../../lambdas/platforms/simulator/kit.ts';

const goodReply = '<?xml version="1.0"?>\n<R><Name>Zoë</Name></R>';

/** A vendor with one operation, which makes an account of whatever it is sent. */
async function startVendor(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const accounts = accountStore(options.duplicates ?? 'refused', (account) => account.email);
  const vendor = await startSimulator(
    {
      operations: {
        create: (request) => {
          const email = request.body.toString();
          const stored = accounts.add({
            userId: '1',
            email,
            username: '',
            firstName: '',
            lastName: '',
            password: '',
            fields: {},
          });
          return {
            status: stored ? 200 : 400,
            headers: { 'content-type': 'text/xml; charset=utf-8' },
            body: goodReply,
          };
        },
        break: () => {
          throw new Error('oops');
        },
      },
      operationOf: (request) => ({ '/create': 'create', '/break': 'break' })[request.path],
      otherwise: () => ({ status: 404, headers: {}, body: 'no such call' }),
      accounts,
      counts: counter(),
      secret: {},
    },
    options,
  );
  running.push(vendor);
  return vendor;
}

const running: RunningSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((vendor) => vendor.close()));
});

const create = (vendor: RunningSimulator, email = 'ada@example.com') =>
  fetch(`${vendor.url}/create`, {
    method: 'POST',
    body: email,
    redirect: 'manual',
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(3000),
  });
const made = (vendor: RunningSimulator) => vendor.accounts().length;

async function causeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  }
  return 'no error';
}

describe('in good weather', () => {
  test('an operation is answered, counted and its account kept', async () => {
    const vendor = await startVendor();
    const reply = await create(vendor);
    expect([reply.status, await reply.text()]).toEqual([200, goodReply]);
    expect(vendor.counts()).toEqual({ create: 1 });
    expect(vendor.accounts()).toMatchObject([{ email: 'ada@example.com' }]);
  });

  test('a duplicate is refused by default, whatever its case and spaces', async () => {
    const vendor = await startVendor();
    await create(vendor);
    expect((await create(vendor, ' ADA@example.com')).status).toBe(400);
    expect(made(vendor)).toBe(1);
  });

  test('a duplicate is a second account where duplicates are allowed', async () => {
    const vendor = await startVendor({ duplicates: 'allowed' });
    await create(vendor);
    expect((await create(vendor)).status).toBe(200);
    expect(made(vendor)).toBe(2);
  });

  test('every call takes the latency', async () => {
    const vendor = await startVendor({ latencyMs: 80 });
    const start = performance.now();
    await create(vendor);
    expect(performance.now() - start).toBeGreaterThanOrEqual(79);
  });

  test("what is no operation gets the vendor's other answer, in any weather", async () => {
    const vendor = await startVendor({ weather: [{ weather: 'http-500' }] });
    expect((await fetch(`${vendor.url}/elsewhere`)).status).toBe(404);
    expect(vendor.counts()).toEqual({});
  });

  test('a mistake in an operation is told', async () => {
    const vendor = await startVendor();
    const reply = await fetch(`${vendor.url}/break`);
    expect([reply.status, await reply.text()]).toEqual([500, 'the simulator broke: Error: oops']);
  });
});

describe('bad weather', () => {
  const answered: [ArmedWeather, number, string | RegExp, number][] = [
    [{ weather: 'http-500' }, 500, /Internal Server Error/, 0],
    [{ weather: 'http-500', carriedOut: true }, 500, /Internal Server Error/, 1],
    [{ weather: 'http-503' }, 503, /Unavailable/, 0],
    [{ weather: 'http-429' }, 429, /Too Many/, 0],
    [{ weather: 'maintenance-page' }, 200, /<!DOCTYPE html>/, 0],
    [{ weather: 'empty' }, 200, '', 1],
    [{ weather: 'empty', carriedOut: false }, 200, '', 0],
    [{ weather: 'truncated' }, 200, '<?xml version="1.0"?>\n<R><Name>Zoë</Name>', 1],
    [{ weather: 'two-roots' }, 200, `${goodReply}\n<R><Name>Zoë</Name></R>`, 1],
    [{ weather: 'wrong-charset' }, 200, goodReply.replace('ë', '\ufffd'), 1],
    [{ weather: 'redirect' }, 307, /Moved/, 0],
    [{ weather: 'slow', ms: 30 }, 200, goodReply, 1],
  ];
  test.each(answered)('%j', async (storm, status, body, accounts) => {
    const vendor = await startVendor();
    vendor.arm(storm);
    const reply = await create(vendor);
    expect(reply.status).toBe(status);
    expect(await reply.text()).toMatch(body);
    expect(made(vendor)).toBe(accounts);
    expect((await create(vendor, 'next@example.com')).status).toBe(200);
    expect(vendor.counts()[`weather:${storm.weather}`]).toBe(1);
  });

  test('a retry time is told in whole seconds', async () => {
    const vendor = await startVendor({ weather: [{ weather: 'http-503', ms: 1200 }, { weather: 'http-429' }] });
    expect((await create(vendor)).headers.get('retry-after')).toBe('2');
    expect((await create(vendor)).headers.get('retry-after')).toBe('1');
  });

  test('a huge reply has more than 10 MB', async () => {
    const vendor = await startVendor({ weather: [{ weather: 'huge-reply' }] });
    expect((await (await create(vendor)).text()).length).toBeGreaterThan(10_000_000);
  });

  const cut: [Weather, number][] = [
    ['reply-lost', 1],
    ['request-lost', 0],
  ];
  test.each(cut)('%s cuts the connection before any reply', async (weather, accounts) => {
    const vendor = await startVendor({ weather: [{ weather }] });
    expect(await causeOf(create(vendor))).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    expect(made(vendor)).toBe(accounts);
  });

  test('reset-mid-body cuts the connection after half of the body', async () => {
    const vendor = await startVendor({ weather: [{ weather: 'reset-mid-body' }] });
    const text = create(vendor).then((reply) => reply.text());
    expect(await causeOf(text)).toMatch(/ECONNRESET|UND_ERR/);
    expect(made(vendor)).toBe(1);
  });

  test('connection-refused refuses connections for its time, then not', async () => {
    const vendor = await startVendor();
    await create(vendor);
    vendor.arm({ weather: 'connection-refused', ms: 60_000 });
    expect(await causeOf(create(vendor, 'b@example.com'))).toBe('ECONNREFUSED');
    expect(await causeOf(create(vendor, 'b@example.com'))).toBe('ECONNREFUSED');
    await vendor.calm();
    expect((await create(vendor, 'b@example.com')).status).toBe(200);
    expect(vendor.counts().create).toBe(2);
  });

  test('connection-refused ends by itself', async () => {
    const vendor = await startVendor({ weather: [{ weather: 'connection-refused', ms: 50 }] });
    expect(await causeOf(create(vendor))).toBe('ECONNREFUSED');
    await expect.poll(() => causeOf(create(vendor))).toBe('no error');
  });

  test('only the operation that it is armed for meets it, as often as it is armed for', async () => {
    const vendor = await startVendor({ weather: [{ weather: 'http-503', operation: 'break' }] });
    vendor.arm({ weather: 'http-500', operation: 'CREATE', times: 2 });
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await create(vendor)).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  test('a followed redirect is counted', async () => {
    const vendor = await startVendor({ weather: [{ weather: 'redirect' }] });
    await fetch(`${vendor.url}/create`, { method: 'POST', body: 'x' });
    expect(vendor.counts()).toEqual({ 'weather:redirect': 1, redirectsFollowed: 1 });
  });

  test('weather that contradicts itself is refused', async () => {
    const vendor = await startVendor();
    expect(() => vendor.arm({ weather: 'http-503', carriedOut: true })).toThrow(/contradicts itself/);
  });

  test('weather for an operation that the vendor does not have is refused with those that it has', async () => {
    const storm: ArmedWeather = { weather: 'http-503', operation: 'User/Creat' };
    const refusal = 'there is no operation "User/Creat"; there are create, break';
    await expect(startVendor({ weather: [storm] })).rejects.toThrow(refusal);
    const vendor = await startVendor();
    expect(() => vendor.arm(storm)).toThrow(refusal);
    const reply = await fetch(`${vendor.url}/_simulator/weather`, { method: 'POST', body: JSON.stringify(storm) });
    expect([reply.status, await reply.json()]).toEqual([400, { problem: refusal }]);
  });

  test('what is still slow when the simulator is closed is not done', async () => {
    const vendor = await startVendor({ weather: [{ weather: 'slow', ms: 60_000 }] });
    const call = causeOf(create(vendor));
    await expect.poll(() => vendor.counts()['weather:slow']).toBe(1);
    await vendor.close();
    expect(await call).not.toBe('no error');
    expect(made(vendor)).toBe(0);
    running.length = 0;
  });
});

describe('control over HTTP', () => {
  const weather = (vendor: RunningSimulator, method: string, body?: unknown) =>
    fetch(`${vendor.url}/_simulator/weather`, { method, body: body === undefined ? null : JSON.stringify(body) });

  test('weather is armed, shown and ended', async () => {
    const vendor = await startVendor();
    await weather(vendor, 'POST', [{ weather: 'http-500', times: 2 }, { weather: 'empty' }]);
    await create(vendor);
    expect(await (await weather(vendor, 'GET')).json()).toEqual([
      { weather: 'http-500', times: 1 },
      { weather: 'empty', times: 1 },
    ]);
    await weather(vendor, 'DELETE');
    expect((await create(vendor)).status).toBe(200);
  });

  test('the port can be closed from outside', async () => {
    const vendor = await startVendor();
    expect((await weather(vendor, 'POST', { weather: 'connection-refused', ms: 60_000 })).status).toBe(200);
    expect(await causeOf(create(vendor))).toBe('ECONNREFUSED');
  });

  test.each([{ weather: 'sunny' }, { weather: 'slow', times: 0 }, { weather: 'slow', speed: 1 }, 1, 'slow'])(
    '%j is refused with the weathers there are',
    async (body) => {
      const vendor = await startVendor();
      const reply = await weather(vendor, 'POST', body);
      expect(reply.status).toBe(400);
      expect(await reply.text()).toContain('maintenance-page');
    },
  );

  test('accounts and counts are shown', async () => {
    const vendor = await startVendor();
    await create(vendor);
    const shown = async (what: string) => (await fetch(`${vendor.url}/_simulator/${what}`)).json();
    expect(await shown('accounts')).toMatchObject([{ email: 'ada@example.com' }]);
    expect(await shown('counts')).toEqual({ create: 1 });
    expect(await shown('else')).toHaveProperty('problem');
  });
});
