import { expect, test } from 'vitest';
import { explore, newTally } from '../model/explore.ts';
import { interleave } from '../model/interleave.ts';
import { scenarios } from '../model/scenarios.ts';

/** What the model says of the state machine: every scenario undisturbed and with every single fault, and some random lives. */

test.each(scenarios)('$name', async (scenario) => {
  const tally = newTally();
  await explore({ ...scenario, depth: 1 }, { index: 0, of: 1 }, tally, ({ findings }) => findings.length > 0);
  expect(tally.findings).toEqual([]);
});

test('random lives', async () => {
  const tally = newTally();
  await interleave(100, 1, tally);
  expect(tally.findings).toEqual([]);
});
