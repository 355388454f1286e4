import { parseArgs } from 'node:util';
import { mostRefused, runOutages, type Trouble, troubles } from '../outage/run-outage.ts';
import { duplicateShare, lostReplyShare } from './plan.ts';
import { runStorm } from './run-storm.ts';
import { seconds, table } from './table.ts';

/**
 * `npm run storm [-- --signups 1000 --kills 50 --seed N --rate 15]`: the whole stack on this machine, both platforms, while workers are
 * killed (`kill -9`) in the middle of their work.
 * `npm run storm outage [-- --signups 500]`: a crowd behind a wrong key, lost login replies and an absent vendor, for 24 compressed hours.
 *
 * Both end with a table, and with 1 where a promise was broken.
 */
const number = { type: 'string' } as const;
const options = { signups: number, kills: number, seed: number, rate: number };

try {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const read = (name: keyof typeof values, otherwise: number) => wholeNumber(name, values[name], otherwise);
  const word = positionals.join(' ');
  if (word !== '' && word !== 'outage') throw new TypeError(`${word}? It is npm run storm, or npm run storm outage`);
  const broken = word === 'outage' ? await outages(read('signups', 500)) : await storm(read);
  if (broken.length > 0) console.error(`\nBroken promises:\n${broken.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new TypeError(`--${name} ${text} is no whole number above 0`);
}

async function storm(read: (name: 'signups' | 'kills' | 'seed' | 'rate', otherwise: number) => number) {
  const seed = read('seed', (Date.now() % 1_000_000) + 1);
  const wish = { signups: read('signups', 1000), kills: read('kills', 50), seed, rate: read('rate', 15) };
  console.log(
    `${wish.signups} signups to both platforms, ${wish.kills} kills, ${lostReplyShare * 100} % lost replies, ${duplicateShare * 100} % duplicates; seed ${seed}`,
  );
  const result = await runStorm(wish, (line) => console.log(`  ${line}`));
  const list = (counts: Readonly<Record<string, number>>, unit = '') =>
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}${unit}`)
      .join(', ');
  const rows = [
    ['signups accepted', result.accepted],
    ['terminal outcomes', list(result.outcomes)],
    ['lost', result.lost],
    ['accounts', result.accounts],
    ['second accounts', result.secondAccounts],
    ['event ids, by number of copies', list(result.copies, '×')],
    ['invocations killed', result.killed],
    ['replies lost', result.lostReplies],
    ['duplicates sent', result.duplicates],
    ['signups that came again', result.cameAgain],
    ['dead letters', result.deadLetters],
    ['time', seconds(result.milliseconds)],
  ] as const;
  console.log(`\n${table(rows)}`);
  return result.broken;
}

/** One trouble after the other, each with 10 workers for 100 seconds: 24 hours, 864 times faster. */
async function outages(signups: number): Promise<readonly string[]> {
  const broken: string[] = [];
  const wanted = ['wrong-key', 'wrong-key-replies-lost', 'vendor-away'] as const satisfies readonly Trouble[];
  for (const trouble of wanted) {
    console.log(`\n${signups} signups, 10 workers, 24 hours in 100 seconds: ${troubles[trouble]}`);
    const [result] = await runOutages([trouble], { signups, workers: 10, milliseconds: 100_000 });
    if (result === undefined) throw new Error(`${trouble} has no result`);
    const rows = [
      ['not ended before it was mended', result.during.unended],
      ['refused logins', result.refusedLogins],
      ['lockouts', result.lockouts],
      ['receives of a message, at most', result.mostReceives],
      ['arrived', result.arrived],
      ['accounts', result.accounts],
      ['dead letters', result.deadLetters],
      ['everybody arrived after', seconds(result.recoveryMilliseconds)],
    ] as const;
    console.log(table(rows));
    if (result.accounts !== signups || result.arrived !== signups)
      broken.push(`${trouble}: of ${signups}, ${result.arrived} arrived and ${result.accounts} have an account`);
    if (result.deadLetters > 0) broken.push(`${trouble}: ${result.deadLetters} dead letters`);
    if (result.refusedLogins > mostRefused[trouble] || result.lockouts > 0)
      broken.push(`${trouble}: ${result.refusedLogins} refused logins, ${result.lockouts} lockouts`);
  }
  return broken;
}
