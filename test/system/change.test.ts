import { afterEach, expect, it } from 'vitest';
import { assertRemovable } from '../../infra/tools/deploy/assert-removable.ts';
import { deployedDestinations } from '../../infra/tools/deploy/deployed-destinations.ts';
import { pauseDestination, resumeDestination } from '../../infra/tools/operate/pause-destination.ts';
import { type Academy, openAcademy } from './academy.ts';
import { enqueue } from './enqueue.ts';
import { operatedAcademy } from './operated-academy.ts';
import { redeployWorker } from './redeploy-worker.ts';

const electa = { platform: 'electa', credentials: 'discard', giveUpAfter: '10m' };
const crowd = ['one', 'two', 'three'].map((name) => `${name}@example.com`);
const person = { first_name: 'Ada', last_name: 'Lovelace' };

let academy: Academy | undefined;
afterEach(() => academy?.stop());

const accountsAt = (destination: string) =>
  (academy?.stack.simulators[destination]?.accounts() ?? []).map(({ email }) => email).sort();

it('a renamed destination works off what waits under its old name, and gets what is new under the new one', async () => {
  academy = await openAcademy({
    sources: { shop: { preset: 'standard-webhooks', to: ['classroom', 'studio'] } },
    destinations: { classroom: { ...electa, retired: true }, studio: electa },
  });
  const waiting = await enqueue(academy, 'shop', 'classroom', crowd);
  const fresh = await academy.post({ ...person, email: 'ada@example.com' });
  for (const signupId of waiting)
    expect((await academy.ended(signupId, 'classroom')).data).toMatchObject({
      outcome: 'created',
      destination: 'classroom',
    });
  expect((await academy.ended(fresh.signupId, 'studio')).data.outcome).toBe('created');
  expect(accountsAt('classroom')).toEqual(crowd.toSorted());
  expect(accountsAt('studio')).toEqual(['ada@example.com']);
});

it('a destination with signups waiting can’t be removed, and can when they have ended', async () => {
  academy = await openAcademy({
    sources: { shop: { preset: 'standard-webhooks', to: ['classroom', 'studio'] } },
    destinations: { classroom: electa, studio: electa },
  });
  const stage = operatedAcademy(academy);
  const next = { ...stage, destinations: ['studio'] };
  await pauseDestination(stage, 'classroom', { by: 'ann', why: 'about to leave', now: Date.now() });
  const { signupId } = await academy.post({ ...person, email: 'ada@example.com' });
  await academy.ended(signupId, 'studio');
  const deployed = await deployedDestinations(stage.sqs, 'dev', ['dev']);
  expect(deployed).toEqual(['classroom', 'studio']);
  await expect(assertRemovable(next, deployed)).rejects.toThrow(/classroom still holds 1 signup on its way/);
  await resumeDestination(stage, 'classroom');
  await academy.ended(signupId, 'classroom');
  await expect.poll(() => assertRemovable(next, deployed).then(() => 'removable', String)).toBe('removable');
});

it('a message of a source that was removed waits, and goes through when the config has the source again', async () => {
  academy = await openAcademy({
    sources: { shop: { preset: 'standard-webhooks' } },
    destinations: { classroom: electa },
  });
  const waiting = await enqueue(academy, 'club', 'classroom', crowd);
  const worker = academy.stack.functions['provision-classroom'];
  await expect.poll(() => worker?.logs(), { timeout: 30_000 }).toContain('"reason":"source-unknown"');
  expect(academy.events).toEqual([]);
  await redeployWorker(academy, 'classroom', ({ sources: { shop, ...others }, ...config }) => ({
    ...config,
    sources: { ...others, ...(shop && { shop, club: shop }) },
  }));
  for (const signupId of waiting) expect((await academy.ended(signupId, 'classroom')).data.outcome).toBe('created');
  expect(accountsAt('classroom')).toEqual(crowd.toSorted());
});
