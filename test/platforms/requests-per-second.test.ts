import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { config } from '../provision-user/config.ts';
import { record } from '../provision-user/records.ts';
import { mappedTo, signup, workerOf } from '../provision-user/worker.ts';

const { 'digitalchalk-rest': platform } = platforms;

it('a vendor gets no more requests than it was promised, also from signups that take several', async () => {
  const simulator = await (await platform.simulator()).start();
  onTestFinished(simulator.close);
  let time = Date.now();
  const sent = () => Object.values(simulator.counts()).reduce((sum, count) => sum + count, 0);
  const sentBefore: number[] = [];
  const { url, settings } = simulator;
  const destination = {
    ...config.destination,
    ...{ platform: 'digitalchalk-rest', url, recipients: [] },
  };
  const secret = async (id: string) => ({
    version: 'v1',
    value: id.endsWith('/ledger') ? { key: 'the key of the ledger' } : simulator.secret,
    createdAt: 0,
  });
  const { handle, told } = workerOf({
    map: async (body) => {
      const [person = '', tag = ''] = Buffer.from(body).toString().split('-');
      return mappedTo({ ...signup, email: `${person}@example.com`, tags: [tag], offerings: [`course${tag}`] });
    },
    over: {
      config: { ...config, destination },
      platform: platform.settings,
      vendor: await platform.connect(
        { url, duplicates: 'refused', settings: { ...settings, requestsPerSecond: 10 } },
        { now: () => time },
      ),
      secrets: { current: secret, refreshed: secret, previous: async () => undefined },
      now: () => time,
      newId: randomUUID,
      // Time passes only here, and only when every request that was let through has been answered.
      sleep: async (milliseconds) => {
        const turns = sentBefore.length + 1;
        while (sent() < turns) await setImmediate();
        sentBefore.push(sent());
        time += milliseconds;
      },
    },
  });
  const sentAt = time;
  const people = ['ann', 'bob', 'cyd'];
  await handle({ Records: people.map((person) => record(`${person}-1`, { sentAt })) });
  await handle({ Records: people.map((person) => record(`${person}-2`, { sentAt })) });
  // POST, and registering: look, POST; then POST, look-up, three for the tags, and registering again.
  expect(simulator.counts()).toMatchObject({ 'POST /users': 6, 'GET /users': 3, 'PUT /users/{id}': 3 });
  expect(told).toHaveLength(12);
  expect(sentBefore).toEqual(sentBefore.map((_, index) => index + 1));
  expect(time - sentAt).toBe(sentBefore.length * 200);
});
