import { styleText } from 'node:util';
import type { EventData, Outcome, SignupEvent } from '../../../lambdas/subscriber/event.ts';
import type { HeardEvent } from './heard-event.ts';

const colours = {
  created: 'green',
  existing: 'cyan',
  rejected: 'yellow',
  failed: 'red',
  unknown: 'magenta',
} as const satisfies Record<Outcome, Parameters<typeof styleText>[0]>;

/** Where the lines after an event's first begin. */
const indentation = ' '.repeat(25);

/** An event for people: what became of whom, and below it what else there is to know. */
export function showEvent({ text, at, read, credentials, problem }: HeardEvent): string {
  const when = styleText('dim', new Date(at).toISOString().slice(11, 23));
  const trouble = problem === undefined ? [] : [styleText('red', problem)];
  if (read === undefined) return lines(`${when}  ${text}`, trouble);
  if (read.kind === 'other') return lines(`${when}  ${read.type}`, trouble);
  const { event } = read;
  const { outcome, source, destination, reason } = event.data;
  const what = styleText(colours[outcome], outcome.padEnd(9));
  const sample = event.test ? styleText('inverse', ' sample ') : '';
  return lines(
    `${when}  ${what}  ${styleText('bold', `${source} → ${destination}`)}  ${whoOf(event.data)} ${sample}`.trimEnd(),
    [
      ...(reason === null ? [] : [`${reason.code}: ${reason.message}`]),
      factsOf(event.data),
      ...(credentials === undefined ? [] : [`username ${credentials.username}, password ${credentials.password}`]),
      ...trouble,
      styleText('dim', numbersOf(event)),
    ],
  );
}

/** An event for programs: its exact text; with `decrypted` behind it, where that was asked for. */
export function eventJson({ text, read, credentials, problem }: HeardEvent, isDecrypting: boolean): string {
  if (!isDecrypting || read === undefined || read.kind === 'other') return text;
  const decrypted = credentials ?? (problem === undefined ? null : { problem });
  return JSON.stringify({ ...Object(JSON.parse(text)), decrypted });
}

const lines = (first: string, others: readonly string[]): string =>
  [first, ...others.filter((line) => line !== '').map((line) => `${indentation}${line}`)].join('\n');

const whoOf = ({ person, offering }: EventData): string => {
  const who = person === null ? '' : `${person.firstName} ${person.lastName} <${person.email}>`;
  return offering === null ? who : `${who} for ${offering}`.trimStart();
};

function factsOf({ account, credentials, notApplied, reference, afterLostReply }: EventData): string {
  const ids = [account?.userId, account?.username, account?.role].filter((id) => typeof id === 'string');
  return [
    ...(ids.length === 0 ? [] : [`account ${ids.join(' ')}`]),
    ...(credentials === null ? [] : [`credentials ${credentials.state}`]),
    ...(notApplied.length === 0 ? [] : [`not applied: ${notApplied.join(', ')}`]),
    ...(afterLostReply ? ['after a lost reply'] : []),
    ...(reference === null ? [] : [`reference ${reference}`]),
  ].join(' · ');
}

const numbersOf = ({ id, data, sequence }: SignupEvent): string => {
  const tookMs = Date.parse(data.finishedAt) - Date.parse(data.acceptedAt);
  return `${id} · event ${Number(sequence)} · ${data.attempts} ${data.attempts === 1 ? 'call' : 'calls'} · ${(tookMs / 1000).toFixed(1)} s after the 202`;
};
