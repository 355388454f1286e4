import { offeringOf } from '../../lambdas/signups/ledger.ts';
import { type Evidence, endedIn, gather, type Invariant } from './evidence.ts';
import {
  endedWithoutMeansWithout,
  lostReplyIsTold,
  noFalseCreated,
  noneChosen,
  nothingTwice,
  passwordMadeOnce,
  unknownOnlyWhenUnknowable,
} from './invariants/accounts.ts';
import { endsAreEnds, redrivesRun, runsHaveReasons, staleClaimWritesNothing } from './invariants/ledger.ts';
import { secretsNotLeaked } from './invariants/secrecy.ts';
import { loginsKeepApart, nobodyLockedOut, noNeedlessLogin } from './invariants/session.ts';
import {
  acknowledgedAfterTold,
  durableIsTold,
  eachForItself,
  everyRunEnds,
  nothingLost,
  onlyDurableIsTold,
  toldRecognisably,
} from './invariants/telling.ts';
import { killersAreStopped, neighboursNotLate, waitsNotBurnt } from './invariants/waiting.ts';
import { signupIdOf } from './people.ts';
import type { Told } from './scenario.ts';

/** With nothing going wrong, a scenario ends as it says. */
const endsAsTold: Invariant = ({ scenario, writes, plan }) => {
  if (plan.fired.length > 0) return undefined;
  for (const [name, ends] of Object.entries(scenario.ends ?? {})) {
    const outcomes = writes.flatMap((write) =>
      write.after.signupId === signupIdOf(name)
        ? endedIn(write).map((step) => [offeringOf(step.name) ?? [], step.outcome].flat().join(' '))
        : [],
    );
    if (outcomes.join() !== ends.join())
      return `${name} ended ${outcomes.join(', then ')}, not ${ends.join(', then ')}`;
  }
  return undefined;
};

/** The promises, by name. The more telling ones come first: a broken schedule is named by the first that it breaks. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'each-answered-for-itself': eachForItself,
  'nothing-twice': nothingTwice,
  'told-recognisably': toldRecognisably,
  'told-only-when-durable': onlyDurableIsTold,
  'acknowledged-after-told': acknowledgedAfterTold,
  'durable-is-told': durableIsTold,
  'stale-claim-writes-nothing': staleClaimWritesNothing,
  'ends-are-ends': endsAreEnds,
  'runs-have-reasons': runsHaveReasons,
  'redrives-run': redrivesRun,
  'no-false-created': noFalseCreated,
  'ended-without-means-without': endedWithoutMeansWithout,
  'lost-reply-is-told': lostReplyIsTold,
  'waits-not-burnt': waitsNotBurnt,
  'unknown-only-when-unknowable': unknownOnlyWhenUnknowable,
  'password-made-once': passwordMadeOnce,
  'password-chosen-by-nobody': noneChosen,
  'nobody-locked-out': nobodyLockedOut,
  'logins-keep-apart': loginsKeepApart,
  'no-needless-login': noNeedlessLogin,
  'killers-are-stopped': killersAreStopped,
  'neighbours-not-late': neighboursNotLate,
  'secrets-not-leaked': secretsNotLeaked,
  'nothing-lost': nothingLost,
  'every-run-ends': everyRunEnds,
  'ends-as-told': endsAsTold,
};

export interface Broken {
  readonly invariant: string;
  readonly how: string;
}

/** Every promise that a telling broke. */
export function broken(told: Told): Broken[] {
  const evidence: Evidence = gather(told);
  return Object.entries(invariants).flatMap(([invariant, holds]) => {
    const how = holds(evidence);
    return how === undefined ? [] : [{ invariant, how }];
  });
}
