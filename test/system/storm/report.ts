import type { SimulatedAccount } from '../../../lambdas/platforms/platform-simulator.ts';
import type { SignupEvent } from '../../../lambdas/signups/event.ts';
import { currentStep, type SignupItem } from '../../../lambdas/signups/ledger.ts';
import { schemaProblems } from '../../fixtures/event-schemas.ts';
import type { Destination, PlannedSignup } from './plan.ts';

/** What there is when the storm is over. */
export interface Aftermath {
  /** The signups that were answered 202, by their ids. */
  readonly accepted: ReadonlyMap<string, PlannedSignup>;
  readonly items: readonly SignupItem[];
  /** Every copy. */
  readonly events: readonly SignupEvent[];
  readonly accounts: Readonly<Record<Destination, readonly SimulatedAccount[]>>;
  readonly deadLetters: number;
}

export interface StormReport {
  /** Signups by what became of them; `none` are lost. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly accounts: number;
  readonly secondAccounts: number;
  /** Accepted, and neither told nor done. */
  readonly lost: number;
  readonly deadLetters: number;
  /** How many copies of an event there were: a count of event ids by number of copies. */
  readonly copies: Readonly<Record<string, number>>;
  /** Every promise that was broken, in a sentence. */
  readonly broken: readonly string[];
}

/** Holds what there is against what is promised. */
export function judge({ accepted, items, events, accounts, deadLetters }: Aftermath): StormReport {
  const byId = new Map(items.map((item) => [item.signupId, item]));
  const copiesOf = Map.groupBy(events, ({ id }) => id);
  const told = Map.groupBy(events, ({ data }) => data.signupId);
  const broken: string[] = [];
  const outcomes: string[] = [];
  let lost = 0;
  for (const [signupId, { email, destination }] of accepted) {
    const step = byId.get(signupId);
    const outcome = step === undefined ? 'none' : endOf(step);
    outcomes.push(outcome);
    const ids = new Set(told.get(signupId)?.map(({ id }) => id));
    if (outcome === 'none' || ids.size === 0) {
      lost += 1;
      broken.push(`${signupId} is lost: ${outcome} in the ledger, ${ids.size} events`);
      continue;
    }
    if (ids.size > 1) broken.push(`${signupId} has ${ids.size} events for one run`);
    const event = told.get(signupId)?.[0]?.data;
    if (event?.outcome !== outcome) broken.push(`${signupId} ended ${outcome} and was told ${event?.outcome}`);
    const own = accounts[destination].filter((account) => account.email === email).length;
    const mustHave = outcome === 'created' || outcome === 'existing';
    if (mustHave && own === 0) broken.push(`${signupId} was told ${outcome}, and there is no account`);
    if ((outcome === 'failed' || outcome === 'rejected') && own > 0)
      broken.push(`${signupId} was told ${outcome}, and there is an account`);
    if (outcome === 'existing' && event?.afterLostReply === false)
      broken.push(`${signupId} is new and was told existing, with no reply lost`);
  }
  for (const [id, [event]] of copiesOf)
    broken.push(
      ...schemaProblems(JSON.stringify(event)).map((problem) => `the event ${id} is none by its schema: ${problem}`),
    );
  for (const [id, some] of copiesOf)
    if (new Set(some.map((event) => JSON.stringify(event))).size > 1) broken.push(`copies of the event ${id} differ`);
  const all = Object.values(accounts).flat();
  const persons = new Set(Object.entries(accounts).flatMap(([id, some]) => some.map(({ email }) => `${id} ${email}`)));
  const secondAccounts = all.length - persons.size;
  if (secondAccounts > 0) broken.push(`${secondAccounts} persons have a second account`);
  if (deadLetters > 0) broken.push(`${deadLetters} messages are in a dead letter queue`);
  const copies = [...copiesOf.values()].map(({ length }) => `${length}`);
  return {
    outcomes: tally(outcomes),
    accounts: all.length,
    secondAccounts,
    lost,
    deadLetters,
    copies: tally(copies),
    broken,
  };
}

function endOf(item: SignupItem): string {
  const step = currentStep(item);
  return step.state === 'done' ? step.outcome : 'none';
}

const tally = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].sort().map(([word, { length }]) => [word, length]));
