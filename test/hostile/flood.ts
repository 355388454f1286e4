import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSecretCache } from '../../lambdas/aws/secret-cache.ts';
import { createReceiveSignup } from '../../lambdas/receive-signup/handler.ts';
import { now } from '../receive-signup/world.ts';
import type { Attack, Note } from './attack.ts';
import { eventOf, keys, sources } from './receiver.ts';
import { wrongRequests } from './requests.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, metric: () => undefined };
const stepMs = 20;
/** Past the window of every signed time: one that was ahead must not come true while the flood goes on. */
const startMs = now + 1_200_000;

/** The function with its real cache of secrets, and a clock that goes on by 20 ms with each request. */
function underFlood() {
  let clock = startMs;
  let reads = 0;
  let sent = 0;
  const secrets = createSecretCache({
    read: async (id, stage) => {
      reads += 1;
      return stage === 'AWSCURRENT' ? { version: '1', value: keys.get(id), createdAt: 0 } : undefined;
    },
    now: () => clock,
    random: () => 0.5,
    lifeMs: 300_000,
  });
  const receive = createReceiveSignup({
    config: { stage: 'test', sources },
    secrets,
    sendToQueue: async () => void sent++,
    now: () => clock,
    observer: quiet,
  });
  const flood = async (count: number, note: Note): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      clock += stepMs;
      const { source, headers, content } = wrongRequests[index % wrongRequests.length] ?? {
        source: '',
        headers: {},
        content: '',
      };
      note(String((await receive(eventOf(source, headers, content))).statusCode));
    }
  };
  return { flood, counts: () => ({ reads, sent }) };
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no garbage collector');
  collect();
  return process.memoryUsage().heapUsed;
}

const requests = 100_000;

/** Not one read more than the cache's own refreshes (each 5 minutes) and the one forced read in 30 seconds, for each source. */
const readsAllowed = (minutes: number) => Object.keys(sources).length * (2 + minutes * 2 + minutes / 4);

export const floodAttack: Attack = {
  target: 'receive-signup, without a key',
  what: 'a flood: every wrong delivery in turn, by a clock of 20 ms',
  allowed: ['401'],
  run: async (note) => {
    const { flood, counts } = underFlood();
    await flood(10_000, () => undefined);
    const before = heapUsed();
    const { reads: readsBefore } = counts();
    await flood(requests, note);
    const growth = (heapUsed() - before) / 1_000_000;
    const { reads, sent } = counts();
    const minutes = (requests * stepMs) / 60_000;
    if (sent > 0) throw new Error(`${sent} reached a queue`);
    if (growth > 2) throw new Error(`the heap grew by ${growth} MB`);
    if (reads - readsBefore > readsAllowed(minutes)) throw new Error(`${reads - readsBefore} reads of secrets`);
    return `heap ${growth >= 0 ? '+' : ''}${growth.toFixed(2)} MB; ${reads - readsBefore} reads of ${keys.size} sources’ secrets in ${minutes.toFixed(0)} minutes, no other call`;
  },
};
