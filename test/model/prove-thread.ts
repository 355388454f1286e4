import { parentPort, workerData } from 'node:worker_threads';
import { mutate } from './mutate.ts';
import { allLives, lifeParts, livesPerPart, type ProveJob, type ProveNews } from './prove-job.ts';

const job: ProveJob = workerData;
const say = (news: ProveNews): void => parentPort?.postMessage(news);

// Half a million failures are thrown on purpose: nobody reads where.
Error.stackTraceLimit = 0;

// The mutant has to be in place before the code is loaded.
if (job.kind === 'mutant') {
  mutate(job.name);
  const { hunt } = await import('./hunt.ts');
  say({ kind: 'hunted', ...(await hunt(job.seed)) });
} else {
  const { explore, newTally } = await import('./explore.ts');
  const { interleave } = await import('./interleave.ts');
  const { scenarios } = await import('./scenarios.ts');
  const tally = newTally();
  const enough = () => tally.findings.length >= 5;
  let before = 0;
  const report = (scenario: string): void => {
    say({ kind: 'told', scenario, schedules: tally.schedules - before });
    before = tally.schedules;
  };
  for (const scenario of scenarios) {
    await explore(scenario, 2, job, tally, enough);
    report(scenario.name);
  }
  for (let part = job.index; part < lifeParts; part += job.of) {
    if (!enough()) await interleave(livesPerPart, job.seed + part, tally);
  }
  report(allLives);
  say({ kind: 'proved', schedules: tally.schedules, fired: [...tally.fired], findings: tally.findings });
}
