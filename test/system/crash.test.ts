import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Academy, openAcademy } from './academy.ts';

let academy: Academy;
beforeAll(async () => {
  academy = await openAcademy({
    sources: { shop: { preset: 'standard-webhooks' } },
    destinations: { classroom: { platform: 'electa', credentials: ['mailer'] } },
  });
});
afterAll(() => academy.stop());

it('makes one account and tells of it once if the worker is killed while the vendor is at it', async () => {
  const warm = await academy.post({ email: 'warm@example.com', first_name: 'Warm', last_name: 'Up' });
  await academy.ended(warm.signupId, 'classroom');
  const simulator = academy.stack.simulators.classroom;
  const worker = academy.stack.functions['provision-classroom'];
  if (simulator === undefined || worker === undefined) throw new Error('the stack has no classroom');

  simulator.arm({ weather: 'slow', ms: 400, operation: 'User/Create' });
  const { signupId } = await academy.post({ email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace' });
  // The vendor has the call; the ledger says so a moment before.
  await expect.poll(() => simulator.counts()['weather:slow'], { interval: 5 }).toBe(1);
  for (const pid of worker.busyPids()) process.kill(pid, 'SIGKILL');

  const event = await academy.ended(signupId, 'classroom');
  expect(simulator.accounts().filter(({ email }) => email === 'ada@example.com')).toHaveLength(1);
  expect(event.data).toMatchObject({ outcome: 'existing', afterLostReply: true, credentials: { state: 'lost' } });
  expect(worker.usage().errors).toBe(1);
});
