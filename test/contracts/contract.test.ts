import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ArmedWeather, type Weather, weathers } from '../../lambdas/platforms/platform-simulator.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import type { SignupEvent } from '../../lambdas/signups/event.ts';
import { schemaProblems } from '../fixtures/event-schemas.ts';
import { leaksIn } from '../fixtures/leaks.ts';
import { type Destination, type DestinationOptions, openDestination, vendorCallMs } from './destination.ts';
import { type Stores, startStores } from './stores.ts';

/**
 * What every platform promises, whatever its vendor does. A platform is tested by being registered. The cases run side by side, each
 * with a vendor, a queue and a worker of its own; `reports/contracts.md` has the table of what came out.
 */

const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', username: 'ada' };
const awkward = { ...ada, firstName: `Ad<a> & "Søn" 'X'`, lastName: '李小龙 Müller 🦆' };

let stores: Stores;
const table: string[] = [];
const everySecret: unknown[] = [];

beforeAll(async () => {
  stores = await startStores();
});

afterAll(async () => {
  const ledger = await stores.dump();
  await stores.stop();
  mkdirSync('reports', { recursive: true });
  const head = '| platform | rule | weather | outcome | accounts | events |\n|---|---|---|---|---|---|\n';
  writeFileSync('reports/contracts.md', `${head}${table.sort().join('\n')}\n`);
  expect(leaksIn(ledger, everySecret)).toEqual([]);
});

interface Person {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly tags?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly platform: RegisteredPlatform;
}

interface Ended {
  readonly event: SignupEvent;
  readonly accounts: number;
  readonly texts: readonly string[];
}

/** Opens a destination for one case, closes it, and notes the case's row in the table. */
async function inCase(
  { name, platform }: Case,
  rule: string,
  weather: string,
  options: DestinationOptions,
  run: (destination: Destination) => Promise<Ended>,
): Promise<void> {
  const destination = await openDestination(stores, name, platform, options);
  try {
    const { event, accounts, texts } = await run(destination);
    expectSound(destination);
    const { outcome, attempts, afterLostReply, credentials } = event.data;
    const found = afterLostReply ? ' after a lost reply' : '';
    const events = `${texts.length} × ${new Set(texts).size} text`;
    table.push(
      `| ${name} | ${rule} | ${weather} | ${outcome}${found}, attempts ${attempts}, credentials ${credentials?.state ?? '–'} | ${accounts} | ${events} |`,
    );
  } finally {
    await destination.stop();
  }
}

/** Whatever was told is an event by every version of the schemas, and no secret lies about in any log line or event. */
function expectSound({ simulator, logged, told }: Destination): void {
  const secrets = [...Object.values(simulator.secret), ...simulator.accounts().map(({ password }) => password)];
  expect([...told()].flatMap(schemaProblems)).toEqual([]);
  expect(leaksIn([...logged, ...told()].join('\n'), secrets)).toEqual([]);
  everySecret.push(...secrets);
}

/** Sends one person, waits for the end, and asserts what holds always: one account at most, one text per event id, and no false `created`. */
async function signUp(destination: Destination, person: Person = ada, patienceMs?: number): Promise<Ended> {
  const signupId = `shop.${randomUUID()}`;
  await destination.deliver(signupId, { ...person });
  const event = await destination.ended(signupId, patienceMs);
  const made = destination.simulator.accounts().filter(({ email }) => email === person.email);
  expect(made.length).toBeLessThanOrEqual(1);
  if (event.data.outcome === 'created' || event.data.outcome === 'existing') expect(made).toHaveLength(1);
  if (event.data.outcome === 'created') {
    expect(made[0]).toMatchObject({ email: person.email, firstName: person.firstName, lastName: person.lastName });
    if (event.data.account?.userId) expect(made[0]?.userId).toBe(event.data.account.userId);
  }
  const texts = destination.told().filter((text) => text.includes(signupId));
  expect(new Set(texts).size).toBe(1);
  return { event, accounts: made.length, texts };
}

const registered: Readonly<Record<string, RegisteredPlatform>> = platforms;
const cases: readonly Case[] = Object.entries(registered).map(([name, platform]) => ({ name, platform }));

const armed = (weather: Weather, times: number): ArmedWeather => ({
  weather,
  times,
  ...(weather === 'slow' ? { ms: vendorCallMs * 2 } : {}),
  ...(weather === 'connection-refused' ? { ms: 700 * times } : {}),
  ...(weather === 'http-503' || weather === 'http-429' ? { ms: 1_000 } : {}),
});

/** The first signup logs in where the vendor wants a login, so that the weather meets the call that makes the account. */
async function warm(destination: Destination): Promise<void> {
  const { event } = await signUp(destination, { ...ada, email: 'first@example.com', username: 'first' });
  // On a loaded machine this call may take longer than its limit, too.
  expect(['created', 'existing', 'unknown']).toContain(event.data.outcome);
}

describe.concurrent.each(cases)('$name', (each) => {
  it('makes one account and hands its credentials to the recipient, every character as it was sent', async () => {
    await inCase(each, 'created', 'fair', {}, async (destination) => {
      const ended = await signUp(destination, awkward);
      expect(ended.event.data).toMatchObject({
        outcome: 'created',
        person: { firstName: awkward.firstName, lastName: awkward.lastName },
      });
      if (each.platform.settings.credentials === 'none') return ended;
      const [account] = destination.simulator.accounts();
      expect(ended.event.data.credentials?.state).toBe('encrypted');
      const credentials = await destination.decrypt(ended.event);
      expect(credentials).toEqual({ username: account?.username || account?.email, password: account?.password });
      return ended;
    });
  });

  it('tells of the account at once and of each course behind it, or says that it has no courses', async () => {
    await inCase(each, 'signed up for a course', 'fair', {}, async (destination) => {
      const signupId = 'shop.course';
      await destination.deliver(signupId, { ...ada, offerings: ['algebra-1'] });
      const event = await destination.ended(signupId);
      expect(event.data).toMatchObject({ outcome: 'created', offering: null });
      expect(event.data.notApplied.includes('offerings')).toBe(!each.platform.settings.canRegister);
      const courses = () =>
        destination.told().filter((text) => text.includes('"type":"matriculate.registration.created.v1"'));
      if (each.platform.settings.canRegister) {
        await vi.waitFor(() => expect(courses()).toHaveLength(1), { timeout: 20_000 });
        expect(courses()[0]).toContain(`${signupId}/`);
        expect(courses()[0]).toContain('/registration:algebra-1/1","sequence":"0000000002"');
      }
      return { event, accounts: destination.simulator.accounts().length, texts: destination.told() };
    });
  });

  it('gives a person who was there the tags that are new, or says that they were not applied', async () => {
    await inCase(each, 'tags for an account that was there', 'fair', {}, async (destination) => {
      await signUp(destination);
      const again = await signUp(destination, { ...ada, tags: ['new-tag'] });
      const [account] = destination.simulator.accounts();
      expect(again.event.data.outcome).toBe('existing');
      const hasTag = JSON.stringify(account).includes('new-tag');
      expect(again.event.data.notApplied.includes('tags')).toBe(!hasTag);
      return again;
    });
  });

  it('makes no second account and no second event id when a delivery is repeated', async () => {
    await inCase(each, 'redelivery', 'fair', {}, async (destination) => {
      const signupId = 'shop.redelivered';
      await Promise.all([destination.deliver(signupId, ada), destination.deliver(signupId, ada)]);
      const event = await destination.ended(signupId);
      await destination.deliver(signupId, ada);
      await vi.waitFor(() => expect(destination.told().length).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
      expect(new Set(destination.told()).size).toBe(1);
      expect(destination.simulator.accounts()).toHaveLength(1);
      return { event, accounts: 1, texts: destination.told() };
    });
  });

  it.each(['refused', 'allowed'] as const)(
    'finds a person who has an account, where the vendor’s duplicates are %s',
    async (duplicates) => {
      await inCase(each, `same person twice, duplicates ${duplicates}`, 'fair', { duplicates }, async (destination) => {
        expect((await signUp(destination)).event.data.outcome).toBe('created');
        const again = await signUp(destination);
        expect(again.event.data).toMatchObject({
          outcome: 'existing',
          afterLostReply: false,
          credentials: { state: 'existing' },
        });
        return again;
      });
    },
  );

  it.each(weathers)('loses nobody and makes nobody twice in %s, once', async (weather) => {
    await inCase(each, 'one bad call', weather, {}, async (destination) => {
      await warm(destination);
      destination.simulator.arm(armed(weather, 1));
      const ended = await signUp(destination);
      expect(['created', 'existing']).toContain(ended.event.data.outcome);
      if (ended.event.data.outcome === 'existing') expect(ended.event.data.afterLostReply).toBe(true);
      return ended;
    });
  });

  it.each(weathers)(
    'loses nobody and makes nobody twice in %s, three times over, from the first call on',
    async (weather) => {
      await inCase(each, 'three bad calls from the start', weather, {}, async (destination) => {
        destination.simulator.arm(armed(weather, 3));
        const ended = await signUp(destination, ada, 40_000);
        expect(['created', 'existing']).toContain(ended.event.data.outcome);
        return ended;
      });
    },
  );

  it.each(weathers)('makes nobody twice in %s where the vendor allows duplicates', async (weather) => {
    await inCase(each, 'one bad call, duplicates allowed', weather, { duplicates: 'allowed' }, async (destination) => {
      await warm(destination);
      destination.simulator.arm(armed(weather, 1));
      const ended = await signUp(destination);
      const { outcome } = ended.event.data;
      expect(['created', 'existing', 'unknown']).toContain(outcome);
      if (outcome === 'unknown') expect(ended.event.data.reason?.message).toBeTruthy();
      return ended;
    });
  });

  it.each(['http-503', 'http-500', 'maintenance-page', 'request-lost'] as const)(
    'gives up in %s that never ends, and tells so',
    async (weather) => {
      await inCase(each, 'gives up', `${weather}, for ever`, { giveUpAfterMs: 3_000 }, async (destination) => {
        await warm(destination);
        destination.simulator.arm(armed(weather, 1_000));
        const ended = await signUp(destination);
        expect(ended.event.data.outcome).toBe(weather === 'http-503' ? 'failed' : 'unknown');
        expect(ended.accounts).toBe(0);
        expect(ended.event.data.reason?.code).toBe('gave-up');
        return ended;
      });
    },
  );

  it('asks with refused credentials twice at the most, waits, and goes on when the secret is corrected', async () => {
    const { secret } = await (await each.platform.simulator()).start().then(async (simulator) => {
      await simulator.close();
      return simulator;
    });
    const wrong = Object.fromEntries(Object.entries(secret).map(([key, value]) => [key, reversed(value)]));
    await inCase(each, 'wrong credentials, then corrected', 'fair', { secret: wrong }, async (destination) => {
      const people = Array.from({ length: 8 }, (_, index) => ({
        ...ada,
        email: `p${index}@example.com`,
        username: `p${index}`,
      }));
      const ends = people.map((person) => signUp(destination, person, 60_000));
      const blocked = () => destination.logged.filter((line) => line.includes('breaker-open')).length;
      await vi.waitFor(() => expect(blocked()).toBeGreaterThan(8), { timeout: 20_000 });
      const { refusedLogins = 0 } = destination.simulator.counts();
      expect(destination.simulator.accounts()).toHaveLength(0);
      // A login is refused twice at the most. Vendors that take credentials with each call are stopped after two refused signups plus what
      // was in flight; each may have taken three calls, where only further ones tell refused credentials from a refused person.
      const inFlight = 3 * (2 + people.length);
      expect(refusedLogins).toBeLessThanOrEqual(each.platform.settings.credentials === 'vendor-made' ? 2 : inFlight);
      stores.secrets.put(destination.secretName, JSON.stringify(destination.simulator.secret));
      const [first, ...others] = await Promise.all(ends);
      if (first === undefined) throw new Error('nobody ended');
      for (const { event } of [first, ...others]) expect(['created', 'existing']).toContain(event.data.outcome);
      return first;
    });
  });

  it('leaves no password and no key in any log line, event or ledger item', async () => {
    await inCase(each, 'canary', 'maintenance-page, then reply-lost', {}, async (destination) => {
      destination.simulator.arm(armed('maintenance-page', 1));
      await signUp(destination, { ...ada, email: 'other@example.com', username: 'other' });
      destination.simulator.arm(armed('reply-lost', 1));
      const ended = await signUp(destination);
      const everywhere = [...destination.logged, ...destination.told(), await stores.dump()].join('\n');
      const secrets = [
        ...Object.values(destination.simulator.secret),
        ...destination.simulator.accounts().map(({ password }) => password),
      ];
      for (const secret of secrets.map(String).filter((text) => text.length > 6))
        expect(everywhere).not.toContain(secret);
      return ended;
    });
  });
});

const reversed = (value: unknown): unknown =>
  typeof value === 'string' && value.length > 6 ? [...value].reverse().join('') : value;
