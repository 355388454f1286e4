import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VendorAccount } from '../../lambdas/platforms/platform.ts';
import type { RunningSimulator } from '../../lambdas/platforms/platform-simulator.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { parseSignup, type Signup } from '../../lambdas/signups/signup.ts';
import { type Attack, cpuMs } from './attack.ts';
import { type Spoiler, spoilers } from './spoilers.ts';

/** Vendors' replies that are not what they were: the simulator's own good ones, spoilt on their way. */

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Stands between an adapter and its vendor. */
async function openBetween(vendor: RunningSimulator) {
  let spoiler: Spoiler | undefined;
  let spoilt = 0;
  const server = createServer(async (request, response) => {
    const { host: _, connection: __, ...headers } = request.headers;
    const body = await bytesOf(request);
    const reply = await fetch(new URL(request.url ?? '/', vendor.url), {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(',')]),
      body: body.length > 0 ? body : null,
      redirect: 'manual',
    });
    const good = await reply.text();
    const told = spoiler?.spoil(good) ?? good;
    if (told !== good) spoilt += 1;
    const kept = [...reply.headers].filter(
      ([name]) => !/^(content-length|transfer-encoding|connection|keep-alive)$/.test(name),
    );
    const type = told !== good && spoiler?.contentType !== undefined ? { 'content-type': spoiler.contentType } : {};
    response.writeHead(reply.status, { ...Object.fromEntries(kept), ...type }).end(told);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const base = new URL(vendor.url);
  base.port = String(address.port);
  return {
    url: base.href.replace(/\/$/, ''),
    spoil: (by: Spoiler | undefined) => {
      spoiler = by;
      spoilt = 0;
    },
    spoilt: () => spoilt,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

let people = 0;
function somebody(): Signup {
  const user = `reply${++people}`;
  const parsed = parseSignup({ email: `${user}@example.com`, username: user, firstName: 'Ada', lastName: 'Lovelace' });
  if ('problems' in parsed) throw new Error('nobody');
  return parsed.signup;
}

const signal = () => AbortSignal.timeout(10_000);
const made = { value: 'Passw0rd-of-ours', made: true };

async function tokenOf(account: VendorAccount): Promise<string> {
  if (account.access === 'direct') return '';
  const result = await account.login(signal());
  if (result.kind !== 'token') throw new Error(`the login: ${result.kind}`);
  return result.token;
}

const attackOn = (name: string, platform: RegisteredPlatform): Attack => ({
  target: `${name}’s replies`,
  what: `to a login and to a new account: ${[...new Set(spoilers.map(({ what }) => what))].join(', ')}`,
  allowed: ['nobody-knows', 'not-done'],
  run: async (note) => {
    const simulator = await (await platform.simulator()).start();
    const between = await openBetween(simulator);
    const destination = { url: between.url, duplicates: 'refused', settings: simulator.settings } as const;
    const vendor = await platform.connect(destination, { now: Date.now });
    const account = vendor.open(simulator.secret);
    if ('problem' in account) throw new Error(account.problem);
    const password = platform.settings.credentials === 'ours' ? made : null;
    let slowest = 0;
    const create = async (token: string) =>
      account.createAccount({ signup: somebody(), token, signal: signal(), password });
    try {
      const good = await create(await tokenOf(account));
      if (good.kind !== 'created') throw new Error(`unspoilt it is ${good.kind}`);
      for (const spoiler of spoilers) {
        const token = await tokenOf(account);
        const began = cpuMs();
        between.spoil(spoiler);
        const created = await create(token);
        if (between.spoilt() > 0) note(created.kind);
        between.spoil(spoiler);
        const login = account.access === 'session' ? await account.login(signal()) : undefined;
        if (login !== undefined && between.spoilt() > 0) note(login.kind);
        between.spoil(undefined);
        slowest = Math.max(slowest, cpuMs() - began);
      }
    } finally {
      await between.close();
      await simulator.close();
    }
    if (slowest > 3000) throw new Error(`one took ${slowest} ms`);
    if ('polluted' in {}) throw new Error('a prototype was reached');
    return `never a success; the slowest ${slowest.toFixed(0)} ms`;
  },
});

export const replyAttacks: readonly Attack[] = Object.entries(platforms).map(([name, platform]) =>
  attackOn(name, platform),
);
