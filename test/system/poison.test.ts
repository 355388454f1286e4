import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMessage } from '../../lambdas/signups/message.ts';
import { type Academy, openAcademy, smallTimeLimits } from './academy.ts';
import { enqueue } from './enqueue.ts';
import { messagesIn } from './observe.ts';
import { poisonedBundles } from './poison/poisoned-bundles.ts';
import { setVisibility } from './set-visibility.ts';

const poison = 'poison@example.com';
/** How soon a message whose worker died comes back: no longer than a claim holds. */
const visibilitySeconds = 3;

const bundles = mkdtempSync(join(tmpdir(), 'poisoned-'));
/** When each signup was handed to a worker, in milliseconds since the epoch. */
const attempts = new Map<string, number[]>();
let academy: Academy;
beforeAll(async () => {
  await poisonedBundles(bundles, 'electa', poison);
  academy = await openAcademy(
    {
      sources: { shop: { preset: 'standard-webhooks' } },
      destinations: {
        classroom: { platform: 'electa', credentials: ['mailer'], maximumConcurrency: 2, batchSize: 10 },
      },
    },
    {
      bundles,
      timeLimits: smallTimeLimits,
      onReceive: ({ body }) => {
        const { signupId } = readMessage(body);
        attempts.set(signupId, [...(attempts.get(signupId) ?? []), Date.now()]);
      },
    },
  );
  await setVisibility(academy, visibilitySeconds);
});
afterAll(async () => {
  await academy.stop();
  rmSync(bundles, { recursive: true, force: true });
});

const people = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}@example.com`);
const finishedAt = async (signupId: string) => Date.parse((await academy.ended(signupId, 'classroom')).data.finishedAt);

it('ends failed after five crashes, and delays its neighbours by no more than one of its attempts', async () => {
  // One batch: whoever is handed to a worker together with the poison dies with it, the first time.
  const [poisoned = '', ...neighbours] = await enqueue(academy, 'shop', 'classroom', [
    poison,
    ...people('neighbour', 9),
  ]);
  const later: string[] = [];
  const told = academy.ended(poisoned, 'classroom');
  const over = told.then(() => true);
  for (let index = 0; !(await Promise.race([over, sleep(700, false)])); index++)
    later.push(...(await enqueue(academy, 'shop', 'classroom', people(`later-${index}`, 1))));

  const { data } = await told;
  expect(data).toMatchObject({ outcome: 'failed', reason: { code: 'crashed' }, attempts: 0, person: null });
  expect(academy.stack.functions['provision-classroom']?.usage().errors).toBe(5);
  const poisonAttempts = attempts.get(poisoned) ?? [];
  const third = poisonAttempts[2] ?? 0;
  for (const neighbour of neighbours) expect(await finishedAt(neighbour)).toBeLessThan(third);
  expect(later.length).toBeGreaterThan(5);
  for (const signupId of later) {
    const late = (await finishedAt(signupId)) - (attempts.get(signupId)?.[0] ?? 0);
    expect(late).toBeLessThan(visibilitySeconds * 1000);
  }
  const accounts = academy.stack.simulators.classroom?.accounts() ?? [];
  expect(accounts).toHaveLength(neighbours.length + later.length);
  expect(await messagesIn(academy, Object.values(academy.stack.dlqUrls))).toBe(0);
});
