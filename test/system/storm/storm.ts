import { parseArgs } from 'node:util';
import { duplicateShare, lostReplyShare, type StormOptions } from './plan.ts';
import { runStorm, type StormResult } from './run-storm.ts';

/**
 * `npm run storm [-- --signups 1000 --kills 50 --seed N]`: the whole stack on this machine, both platforms, while workers are killed
 * (`kill -9`) in the middle of their work. Ends with a table, and with 1 where a promise was broken.
 */
const options = {
  signups: { type: 'string' },
  kills: { type: 'string' },
  seed: { type: 'string' },
  rate: { type: 'string' },
} as const;
const { values } = parseArgs({ options });

function wholeNumber(name: keyof typeof values, otherwise: number): number {
  const text = values[name];
  if (text === undefined) return otherwise;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  console.error(`--${name} ${text} is no whole number`);
  process.exit(1);
}

const storm: StormOptions = {
  signups: wholeNumber('signups', 1000),
  kills: wholeNumber('kills', 50),
  seed: wholeNumber('seed', Date.now() % 1_000_000),
  rate: wholeNumber('rate', 15),
};
console.log(
  `${storm.signups} signups to both platforms, ${storm.kills} kills, ${lostReplyShare * 100} % lost replies, ${duplicateShare * 100} % duplicates; seed ${storm.seed}`,
);
const result = await runStorm(storm, (line) => console.log(`  ${line}`));
console.log(`\n${table(result)}`);
if (result.broken.length > 0) {
  console.error(`\nBroken promises (seed ${storm.seed}):\n${result.broken.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = 1;
}

function table(result: StormResult): string {
  const list = (counts: Readonly<Record<string, number>>, unit = '') =>
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}${unit}`)
      .join(', ');
  const rows: [string, string | number][] = [
    ['signups accepted', result.accepted],
    ['outcomes', list(result.outcomes)],
    ['lost', result.lost],
    ['accounts', result.accounts],
    ['second accounts', result.secondAccounts],
    ['events, by number of copies', list(result.copies, '×')],
    ['kills that hit a busy worker', result.killed],
    ['replies lost', result.lostReplies],
    ['duplicates sent', result.duplicates],
    ['signups that came again', result.cameAgain],
    ['dead letters', result.deadLetters],
    ['time', `${(result.milliseconds / 1000).toFixed(1)} s`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(30)} ${value}`).join('\n');
}
