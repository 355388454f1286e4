import { beforeAll, expect, it } from 'vitest';
import { type OutageResult, runOutages } from './outage/run-outage.ts';

/** In large (500 signups, 10 workers, 24 compressed hours): `npm run storm outage`. */
const signups = 60;
let results: readonly OutageResult[];
beforeAll(async () => {
  results = await runOutages(['wrong-key', 'wrong-key-replies-lost', 'vendor-away'], {
    signups,
    workers: 4,
    milliseconds: 3_000,
  });
}, 180_000);

const after = (trouble: OutageResult['trouble']) => results.find((result) => result.trouble === trouble);
const everybodyArrived = { arrived: signups, accounts: signups, deadLetters: 0, lockouts: 0 };

it('tries a wrong AppKey twice in all, whoever waits; once it is corrected everybody arrives', () => {
  expect(after('wrong-key')).toMatchObject({
    during: { unended: signups, told: 0, refusedLogins: 2 },
    refusedLogins: 2,
    ...everybodyArrived,
  });
});

it('stays below the vendor’s lock if login replies get lost, too', () => {
  expect(after('wrong-key-replies-lost')).toMatchObject({
    during: { unended: signups, told: 0, refusedLogins: 4 },
    refusedLogins: 4,
    ...everybodyArrived,
  });
});

it('keeps everybody waiting, and nobody in the dead letter queue, while the vendor is away', () => {
  expect(after('vendor-away')).toMatchObject({
    during: { unended: signups, told: 0 },
    refusedLogins: 0,
    ...everybodyArrived,
  });
});
