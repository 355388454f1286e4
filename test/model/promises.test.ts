import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { effectNames, modesOf } from './effects.ts';
import { explore, newTally } from './explore.ts';
import { exactly } from './faults.ts';
import { interleave } from './interleave.ts';
import { broken } from './invariants.ts';
import type { ProveNews } from './prove-job.ts';
import { tell } from './scenario.ts';
import { scenarios } from './scenarios.ts';

/** A part of `npm run prove`, always the same. */
const seed = 20_261_122;

describe('with nothing else going wrong', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s: ends as it says',
    async (_name, scenario) => {
      expect(broken(await tell(scenario, { plan: exactly([]) }))).toEqual([]);
    },
  );

  it('the same schedule is told in the same way, to the millisecond', async () => {
    const lines = async () => {
      const { world } = await tell(scenarios[0] ?? expect.fail(), { plan: exactly([{ at: 8, mode: 'stall' }]) });
      return world.history.all.map(({ at, kind }) => `${at} ${kind}`);
    };
    expect(await lines()).toEqual(await lines());
  });
});

describe('the promises hold', () => {
  it('over every fourth single fault of every scenario', async () => {
    const tally = newTally();
    for (const scenario of scenarios) await explore(scenario, 1, { index: 1, of: 4 }, tally, () => false);
    expect(tally.findings).toEqual([]);
    expect(tally.schedules).toBeGreaterThan(500);
  });

  it('over every fourth pair of faults of a vendor that can be asked', async () => {
    const tally = newTally();
    const [, scenario = expect.fail()] = scenarios;
    await explore(scenario, 2, { index: 0, of: 4 }, tally, () => false);
    expect(tally.findings).toEqual([]);
  });

  it('over 200 random lives', async () => {
    const tally = newTally();
    await interleave(200, seed, tally);
    expect(tally.findings).toEqual([]);
    expect(tally.schedules).toBe(200);
  });
});

describe('a promise taken out is missed', () => {
  it.each([
    ['no-fence', 'stale-claim-writes-nothing'],
    ['ack-before-publish', 'acknowledged-after-told'],
    ['repeat-under-allowed', 'nothing-twice'],
  ])('%s: by %s', async (name, invariant) => {
    const news = await new Promise<ProveNews>((resolve, reject) => {
      const workerData = { kind: 'mutant', name, seed };
      const thread = new Worker(new URL('prove-thread.ts', import.meta.url), { workerData });
      thread.on('message', resolve);
      thread.on('error', reject);
    });
    expect(news).toMatchObject({
      kind: 'hunted',
      finding: { broken: expect.arrayContaining([expect.objectContaining({ invariant })]) },
    });
  });
});

it('every effect can go wrong in some way', () => {
  for (const effect of effectNames) expect(modesOf(effect).length).toBeGreaterThan(0);
});
