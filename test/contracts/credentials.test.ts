import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import type { EventCredentials, SignupEvent } from '../../lambdas/signups/event.ts';
import { schemaProblems } from '../fixtures/event-schemas.ts';
import { leaksIn } from '../fixtures/leaks.ts';
import { type Destination, type DestinationOptions, openDestination } from './destination.ts';
import { type Stores, startStores } from './stores.ts';

/** How the learner of each platform comes by a password: every state of credentials that the platform can reach, and no other. */

const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', username: 'ada' };
const chosen = 'c4n4ry-chosen-by-ada-1';

let stores: Stores;
beforeAll(async () => {
  stores = await startStores();
});
afterAll(() => stores.stop());

type Run = (destination: Destination) => Promise<SignupEvent>;

async function signUp(destination: Destination, person: object = ada): Promise<SignupEvent> {
  const signupId = `shop.${randomUUID()}`;
  await destination.deliver(signupId, { ...person });
  return destination.ended(signupId);
}

const afterALostReply: Run = async (destination) => {
  await signUp(destination, { ...ada, email: 'first@example.com', username: 'first' });
  destination.simulator.arm({ weather: 'reply-lost', times: 1 });
  return signUp(destination);
};

interface Way {
  readonly state: EventCredentials['state'];
  readonly options?: DestinationOptions;
  readonly run: Run;
}

const created: Way = { state: 'encrypted', run: signUp };
const discarded: Way = { state: 'discarded', options: { discards: true }, run: signUp };
const existing: Way = {
  state: 'existing',
  run: async (destination) => {
    await signUp(destination);
    return signUp(destination);
  },
};

const waysOf: Readonly<Record<RegisteredPlatform['settings']['credentials'], readonly Way[]>> = {
  none: [],
  'vendor-made': [created, discarded, existing, { state: 'lost', run: afterALostReply }],
  ours: [
    created,
    discarded,
    existing,
    { state: 'chosen', run: (destination) => signUp(destination, { ...ada, password: chosen }) },
    { state: 'unconfirmed', run: afterALostReply },
  ],
};

const registered: Readonly<Record<string, RegisteredPlatform>> = platforms;
const cases = Object.entries(registered).flatMap(([name, platform]) =>
  waysOf[platform.settings.credentials].map((way) => ({ name, platform, ...way })),
);

describe.concurrent('credentials', () => {
  it.each(cases)('of $name can be $state', async ({ name, platform, state, options = {}, run }) => {
    const destination = await openDestination(stores, name, platform, options);
    try {
      const event = await run(destination);
      const account = destination.simulator.accounts().find(({ email }) => email === ada.email);
      expect(event.data).toMatchObject({
        credentials: { state },
        loginUrl: 'https://academy.example/login',
        outcome: state === 'existing' || state === 'lost' || state === 'unconfirmed' ? 'existing' : 'created',
      });
      const isReadable = state === 'encrypted' || state === 'unconfirmed';
      expect(await destination.decrypt(event)).toEqual(
        isReadable ? { username: account?.username || account?.email, password: account?.password } : undefined,
      );
      if (state === 'chosen') expect(account?.password).toBe(chosen);
      expect(schemaProblems(JSON.stringify(event))).toEqual([]);
      const everywhere = [...destination.logged, ...destination.told(), await stores.dump()].join('\n');
      expect(leaksIn(everywhere, [account?.password, chosen])).toEqual([]);
    } finally {
      await destination.stop();
    }
  });

  it.each(Object.entries(registered))(
    'of %s are told, and the learner is not, where personal data is left out',
    async (name, platform) => {
      const destination = await openDestination(stores, name, platform, { personalData: 'omit' });
      try {
        const events = [await signUp(destination), await signUp(destination)];
        expect(JSON.stringify(events)).not.toMatch(/ada@example|Lovelace/);
        expect(events.flatMap((event) => schemaProblems(JSON.stringify(event)))).toEqual([]);
        if (platform.settings.credentials === 'none') return;
        const [account] = destination.simulator.accounts();
        expect(await destination.decrypt(events[0] ?? fail())).toMatchObject({ password: account?.password });
      } finally {
        await destination.stop();
      }
    },
  );
});

function fail(): never {
  throw new Error('nothing was told');
}
