import type { SignupItem } from '../signups/ledger.ts';
import { currentStep, eventsOf } from '../signups/ledger.ts';
import type { Draft, Pass, Verdict } from './conclude.ts';
import { stamp, tell } from './conclude.ts';
import type { ProvisionDeps } from './deps.ts';
import { end, noteConflict, survived } from './transitions.ts';

/** Publishes the present run's events once more. */
export async function tellAgain(deps: ProvisionDeps, item: SignupItem): Promise<Verdict> {
  await tell(deps, item, eventsOf(item));
  return { kind: 'finished' };
}

/** Notes other content that came after the end, once for each content. */
export async function tellConflict(deps: ProvisionDeps, item: SignupItem, content: string): Promise<Pass> {
  const noted = noteConflict(item, content, stamp(deps));
  const written = await deps.ledger.signups.write(noted, item.writeId);
  if (!written.applied) return { kind: 'lost-race', found: written.found };
  deps.observer.metric('Conflict', 1, { destination: item.destination });
  return tellAgain(deps, noted);
}

/** It is no signup here: that is written where nothing is, and told to nobody. */
export async function ignore(deps: ProvisionDeps, { item, seen }: Draft): Promise<Pass> {
  const ignored = { outcome: 'ignored', reason: null, event: null, finishedAt: '', body: '' } as const;
  const written = await deps.ledger.signups.write(end(item, ignored, stamp(deps)), seen);
  if (!written.applied) return { kind: 'lost-race', found: written.found };
  deps.observer.metric('Ignored', 1, { destination: item.destination, source: item.source });
  return { kind: 'finished' };
}

/** The body was not this run's: a claim that was taken to look at it is given up. */
export async function releaseMark(deps: ProvisionDeps, found: SignupItem): Promise<void> {
  if (currentStep(found).state === 'suspect' && found.lease > deps.now())
    await deps.ledger.signups.write(survived(found, stamp(deps)), found.writeId);
}
