import { join, resolve } from 'node:path';
import { type LocalStack, startLocalStack } from '../local/local-stack.ts';
import { startLocalMailer } from '../local/mailer/local-mailer.ts';
import { choosePort } from './start/choose-port.ts';
import { runDemo } from './start/demo.ts';
import { type DemoPlan, planDemo } from './start/demo-plan.ts';
import { endOfProcess } from './start/end-of-process.ts';
import { readStartFlags } from './start/flags.ts';
import { collectMails } from './start/mails.ts';
import { printAddresses, printCurl, printLeftOut, printResult, printStatusUrl, printWay } from './start/print.ts';
import { subscribeToResults } from './start/results.ts';
import { readSecretsFile } from './start/secrets-file.ts';
import { readStackFile, removeStackFile, writeStackFile } from './start/stack-file.ts';
import { createTrails, type Trails } from './start/trail.ts';
import { runTool } from './tool-error.ts';

const root = join(import.meta.dirname, '../..');
const directory = join(root, '.local');
const stackFile = join(directory, 'stack.json');
const usualPort = 4600;

/**
 * `npm start`: runs a stage's stack on this machine, sends one sample signup to each simulated vendor, shows its way, and goes on serving
 * until it is told to end.
 */
await runTool(async () => {
  const { config, secrets, port, demo } = readStartFlags(process.argv.slice(2));
  const other = readStackFile(stackFile);
  if (other)
    console.log(
      `Another stack runs at ${other.url} (process ${other.pid}); until this one ends, tools find this one, and mails and logs are its own.`,
    );
  const told = endOfProcess();
  const trails = createTrails();
  const stack = await startLocalStack({
    config,
    directory,
    port: await choosePort(port, usualPort),
    secrets: secrets === undefined ? undefined : readSecretsFile(secrets),
    onReceive: trails.noteRecord,
  });
  const mails = collectMails(join(directory, 'mails'), root);
  const mailer = await startLocalMailer(stack, { send: mails.send, logs: join(directory, 'logs') });
  let isLive = false;
  const results = await subscribeToResults(stack, (result) => {
    trails.noteResult(result);
    if (isLive) printResult(result);
  });
  writeStackFile(stackFile, stack, resolve(config));
  try {
    for (const warning of stack.config.warnings) console.warn(`Note: ${warning}`);
    const plan = await planDemo(stack.config, new Set(Object.keys(stack.simulators)));
    if (demo) await Promise.race([told, showDemo(stack, trails, plan)]);
    printAddresses(stack, { root, stackFile, logs: join(directory, 'logs'), mails: join(directory, 'mails') });
    const [delivery] = plan.deliveries;
    if (delivery) printCurl(stack, delivery);
    console.log('\nEvents as they come; Ctrl-C ends it all:\n');
    isLive = true;
    mails.printFromNowOn();
    await told;
  } finally {
    removeStackFile(stackFile, other);
    await results.stop();
    await mailer.stop();
    await stack.stop();
  }
  // Whatever an SDK client or a simulator still keeps open must not keep the command open.
  process.exit(0);
});

async function showDemo(stack: LocalStack, trails: Trails, plan: DemoPlan): Promise<void> {
  for (const delivery of plan.deliveries) {
    const { ways, statusUrl } = await runDemo(stack, trails, delivery);
    for (const way of ways) printWay(stack, way);
    printStatusUrl(statusUrl);
  }
  printLeftOut(plan);
}
