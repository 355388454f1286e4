import { expect, it } from 'vitest';
import { runStorm } from './storm/run-storm.ts';

/** In large (1,000 signups, 50 kills): `npm run storm`. */
it('loses nobody and makes nobody twice while workers are killed, replies are lost and messages come twice', async () => {
  const { broken, accepted, accounts, killed, lostReplies, duplicates, cameAgain } = await runStorm({
    signups: 60,
    kills: 6,
    seed: 20_261_122,
    rate: 15,
    visibilitySeconds: 4,
  });
  expect(broken).toEqual([]);
  expect({ accepted, accounts, killed, lostReplies, duplicates }).toEqual({
    accepted: 60,
    accounts: 60,
    killed: 6,
    lostReplies: 3,
    duplicates: 6,
  });
  expect(cameAgain).toBeGreaterThan(3);
});
