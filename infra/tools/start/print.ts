import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { RegisteredPlatform } from '../../../lambdas/platforms/registered.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { signWebhook } from '../sign-webhook.ts';
import { anotherSample } from './another-sample.ts';
import { curlCommand } from './curl-command.ts';
import type { DemoWay } from './demo.ts';
import type { DemoDelivery, DemoPlan } from './demo-plan.ts';
import type { Result } from './results.ts';

/** What `npm start` says. Colours only where the terminal has them. */

const bold = (text: string): string => styleText('bold', text);
const dim = (text: string): string => styleText('dim', text);
const green = (text: string): string => styleText('green', text);
const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);

export function printWay(stack: LocalStack, { source, destination, steps }: DemoWay): void {
  const start = steps[0]?.at ?? 0;
  console.log(`\n${bold(`${source} → ${destination}`)} ${dim(`(${vendorOf(stack, destination)})`)}\n`);
  for (const { at, what, detail } of steps)
    console.log(`  ${dim(clock(at))}  ${`${at - start} ms`.padStart(8)}  ${green(what.padEnd(13))} ${detail}`);
}

export const printStatusUrl = (statusUrl: string): void => console.log(`\nWhat the sender can see of it: ${statusUrl}`);

export function printLeftOut({ leftOut }: DemoPlan): void {
  for (const { destination, why } of leftOut) console.log(`\n${bold(destination)} gets no sample signup: ${why}.`);
}

/** Absolute paths. */
export interface Places {
  /** The project's folder: what is printed is relative to it. */
  readonly root: string;
  readonly stackFile: string;
  readonly logs: string;
  readonly mails: string;
}

export function printAddresses(stack: LocalStack, { root, stackFile, logs, mails }: Places): void {
  const { config, simulators } = stack;
  const rows: [string, string][] = [
    ...Object.keys(config.sources).map((id): [string, string] => [id, `POST ${stack.url}/webhooks/${id}`]),
    ...Object.entries(config.destinations).map(([id, { url }]): [string, string] => {
      const simulator = simulators[id];
      return [
        id,
        simulator
          ? `${vendorOf(stack, id)} at ${simulator.url}; its accounts: ${new URL('/_simulator/accounts', simulator.url)}`
          : `${vendorOf(stack, id)} at ${url}`,
      ];
    }),
    ['logs', `${relative(root, logs)}/`],
    ['mails', `${relative(root, mails)}/`],
    ['for tools', relative(root, stackFile)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\n${bold(`Up: matriculate-${config.stage} on this machine`)}\n`);
  for (const [name, text] of rows) console.log(`  ${name.padEnd(width)}  ${text}`);
}

/** A delivery that works as pasted: another person than the sample's, so that another account is made. */
export function printCurl(stack: LocalStack, { source, signup }: DemoDelivery): void {
  const settings = stack.config.sources[source];
  const key = stack.sourceKeys[source];
  if (!settings || key === undefined) return;
  const now = Date.now();
  const body = JSON.stringify(anotherSample(settings.sample, signup.email, settings.dedupeKey));
  const signed = signWebhook({ verify: settings.verify, key, body: Buffer.from(body), now });
  const { validForSeconds } = signed;
  const until =
    validForSeconds === null
      ? ''
      : ` (its signature holds until ${clock(now + validForSeconds * 1000).slice(0, 8)} UTC; npm run send ${source} signs afresh)`;
  console.log(`\nOne more signup, to paste${until}:\n`);
  console.log(
    `  ${curlCommand(`${stack.url}/webhooks/${source}`, { 'content-type': 'application/json', ...signed.headers }, body)}`,
  );
}

/** One line an event, with nothing of the person. */
export function printResult({ event, at }: Result): void {
  const { outcome, source, destination, signupId, reason } = event.data;
  const why = reason ? `: ${reason.message}` : '';
  console.log(`  ${dim(clock(at))}  ${green(outcome.padEnd(9))} ${source} → ${destination}  ${signupId}${why}`);
}

function vendorOf({ config, simulators }: LocalStack, destination: string): string {
  const known: Readonly<Record<string, RegisteredPlatform>> = platforms;
  const platform = config.destinations[destination]?.platform ?? '';
  return `${known[platform]?.settings.title ?? platform}${simulators[destination] ? ', simulated' : ''}`;
}
