import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { effectNames, modesOf } from './effects.ts';
import type { Finding } from './explore.ts';
import { mutants } from './mutants.ts';
import { lifeParts, type ProveJob, type ProveNews } from './prove-job.ts';

/**
 * Proves the promises by enumeration: every single fault and every pair of faults in every scenario, and random lives.
 *
 *     npm run prove [-- --seed N]           the real code; a seed tells the same random lives again
 *     npm run prove -- --mutant NAME        the code with one promise taken out: it must fail
 *     npm run prove -- --mutant all         all of them, in one table
 */
const { values } = parseArgs({ options: { seed: { type: 'string' }, mutant: { type: 'string' } } });
const seed = seedOf(values.seed);
const threads = availableParallelism();
const started = performance.now();

async function proveAll(): Promise<number> {
  console.log(
    `Every single fault and every pair in every scenario, and random lives from seed ${seed}, on ${threads} threads.\n`,
  );
  const told = new Map<string, { schedules: number; threads: number }>();
  const fired = new Map<string, number>();
  const findings: Finding[] = [];
  let schedules = 0;
  const hear = (news: ProveNews): void => {
    if (news.kind === 'told') {
      const so = told.get(news.scenario) ?? { schedules: 0, threads: 0 };
      const now = { schedules: so.schedules + news.schedules, threads: so.threads + 1 };
      told.set(news.scenario, now);
      if (now.threads === threads) console.log(`${count(now.schedules)}  ${news.scenario}`);
    } else if (news.kind === 'proved') {
      schedules += news.schedules;
      for (const [key, times] of news.fired) fired.set(key, (fired.get(key) ?? 0) + times);
      findings.push(...news.findings);
    }
  };
  await Promise.all(
    Array.from({ length: threads }, (_, index) => run({ kind: 'prove', index, of: threads, seed }, hear)),
  );
  const never = printFired(fired);
  for (const finding of findings) console.log(`\nBROKEN ${describe(finding)}`);
  console.log(`\n${schedules.toLocaleString('en')} schedules in ${seconds()} s; random lives from seed ${seed}`);
  if (never.length > 0) console.log(`Never went wrong: ${never.join('; ')}`);
  console.log(
    findings.length === 0 ? 'Every promise held in every schedule.' : `${findings.length} schedules broke a promise.`,
  );
  return findings.length > 0 || never.length > 0 ? 1 : 0;
}

/** How often each effect went wrong, in each way. @returns those that never did */
function printFired(fired: ReadonlyMap<string, number>): string[] {
  console.log('\nHow often each effect went wrong:');
  const never: string[] = [];
  for (const effect of effectNames) {
    const times = modesOf(effect).map((mode) => {
      const key = `${effect}, ${mode}`;
      const often = fired.get(key) ?? 0;
      if (often === 0) never.push(key);
      return `${mode} ${often.toLocaleString('en')}`;
    });
    console.log(`  ${effect.padEnd(18)} ${times.join(' · ')}`);
  }
  return never;
}

async function huntOne(name: string): Promise<number> {
  const finding = await hunt(name);
  console.log(
    finding === undefined ? `${name} broke no promise that the model checks.` : `${name} ${describe(finding)}`,
  );
  return finding === undefined ? 0 : 1;
}

async function huntAll(): Promise<number> {
  const left = mutants.map(({ name }) => name);
  const width = Math.max(...left.map(({ length }) => length));
  let alive = 0;
  const take = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const finding = await hunt(name);
      if (finding === undefined) alive++;
      const invariant = finding?.broken[0]?.invariant ?? 'ALIVE';
      console.log(
        `${name.padEnd(width)}  ${invariant.padEnd(28)}  ${finding?.scenario ?? ''} ${finding?.schedule.slice(0, 90) ?? ''}`,
      );
    }
  };
  await Promise.all(Array.from({ length: threads }, take));
  console.log(`\n${mutants.length - alive} of ${mutants.length} mutants killed in ${seconds()} s, seed ${seed}`);
  return alive === 0 ? 0 : 1;
}

async function hunt(name: string): Promise<Finding | undefined> {
  let finding: Finding | undefined;
  await run({ kind: 'mutant', name, seed }, (news) => {
    if (news.kind === 'hunted') finding = news.finding;
  });
  return finding;
}

/** @throws Error where the thread ended badly */
function run(job: ProveJob, hear: (news: ProveNews) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('prove-thread.ts', import.meta.url), { workerData: job });
    thread.on('message', hear);
    thread.on('error', reject);
    thread.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
  });
}

const describe = ({ scenario, schedule, broken }: Finding): string =>
  `${broken.map(({ invariant, how }) => `${invariant}: ${how}`).join('\n       ')}\n       in: ${scenario}\n       with: ${schedule}`;

const count = (number: number): string => number.toLocaleString('en').padStart(9);
const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);

/** @throws Error where it is no number */
function seedOf(text: string | undefined): number {
  if (text === undefined) return randomInt(2 ** 31 - lifeParts);
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--seed wants a whole number, such as 42, and got ${text}`);
}

if (values.mutant === undefined) process.exitCode = await proveAll();
else if (values.mutant === 'all') process.exitCode = await huntAll();
else process.exitCode = await huntOne(values.mutant);
