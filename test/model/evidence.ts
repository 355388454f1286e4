import * as z from 'zod/mini';
import { eventSchema, type SignupEvent } from '../../lambdas/signups/event.ts';
import type { DoneStep, SignupItem } from '../../lambdas/signups/ledger.ts';
import { currentStep } from '../../lambdas/signups/ledger.ts';
import type { Happening, Of } from './history.ts';
import type { Told } from './scenario.ts';

/** One telling, read for the invariants. */
export interface Evidence extends Told {
  readonly happenings: readonly Happening[];
  readonly signups: readonly SignupItem[];
  /** Every write of a signup's item, in order. */
  readonly writes: readonly SignupWrite[];
  /** Every published event, in order, copies too. */
  readonly events: readonly Published[];
  readonly went: readonly Of<'went wrong'>[];
}

export interface SignupWrite {
  readonly at: number;
  /** Its place among all happenings. */
  readonly order: number;
  readonly worker: string;
  readonly before: SignupItem | undefined;
  readonly after: SignupItem;
}

export interface Published {
  readonly at: number;
  readonly order: number;
  readonly text: string;
  readonly event: SignupEvent;
}

/** What breaks a promise, in words; nothing where it holds. */
export type Invariant = (evidence: Evidence) => string | undefined;

export function gather(told: Told): Evidence {
  const { history, ledger } = told.world;
  const writes: SignupWrite[] = [];
  const events: Published[] = [];
  history.all.forEach((each, order) => {
    if (each.kind === 'published') events.push({ ...each, order, event: parseEvent(each.text) });
    if (each.kind !== 'written' || each.after?.kind !== 'signup') return;
    const before = each.before?.kind === 'signup' ? each.before : undefined;
    writes.push({ at: each.at, order, worker: each.worker, before, after: each.after });
  });
  return {
    ...told,
    happenings: history.all,
    signups: ledger.items().filter((item) => item.kind === 'signup'),
    writes,
    events,
    went: history.of('went wrong'),
  };
}

const parsed = new Map<string, SignupEvent>();

/** The text must be an event as subscribers know it. */
function parseEvent(text: string): SignupEvent {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const event = z.parse(eventSchema, JSON.parse(text));
  if (parsed.size > 1_000) parsed.clear();
  parsed.set(text, event);
  return event;
}

/** The steps that a write ends. */
export const endedIn = ({ before, after }: SignupWrite): DoneStep[] =>
  after.steps.flatMap((step) => {
    if (step.state !== 'done') return [];
    const earlier = before?.steps.find(({ name }) => name === step.name);
    return earlier?.state === 'done' && earlier.event === step.event ? [] : [step];
  });

/** Whether every step of a signup has ended. */
export const isOver = (item: SignupItem): boolean => currentStep(item).state === 'done';

/** Whether a write only notes something on an ended signup: a conflict, or how often a late copy killed its worker. */
export const isNote = ({ before, after }: SignupWrite): boolean =>
  before !== undefined &&
  before.run === after.run &&
  isOver(before) &&
  JSON.stringify(before.steps) === JSON.stringify(after.steps);

/** Whether an event is about an account, and not about a registration. */
export const isOfAccount = (event: SignupEvent): boolean => event.data.offering === null;

/** The first of these that has something to say. */
export function first<T>(each: readonly T[], say: (one: T) => string | undefined): string | undefined {
  for (const one of each) {
    const said = say(one);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** As far as workers' clocks may be off although the table's replies set them: its `Date` counts whole seconds, and up to 5 s they let pass. */
export const clockSlackMs = 6_000;
