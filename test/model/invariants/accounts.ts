import type { SignupEvent } from '../../../lambdas/signups/event.ts';
import { accountStep, currentStep } from '../../../lambdas/signups/ledger.ts';
import { type Evidence, first, type Invariant, isOfAccount, type Published } from '../evidence.ts';
import { signupIdOf } from '../people.ts';
import type { World } from '../world.ts';

/** At most one account per person. */
export const nothingTwice: Invariant = ({ world }) => {
  const seen = new Set<string>();
  return first(world.vendor.accounts, ({ personKey }) => {
    if (seen.has(personKey)) return `${personKey} has two accounts`;
    seen.add(personKey);
    return undefined;
  });
};

/** `created` is said only on the vendor's own success reply; `existing` only of a person who has an account. */
export const noFalseCreated: Invariant = (evidence) =>
  first(evidence.events, (published) => {
    const { event } = published;
    const { outcome, person } = event.data;
    if (outcome === 'created')
      return heard(evidence, published, isOfAccount(event) ? 'created' : 'registered')
        ? undefined
        : `${event.id} says created, and no reply said so`;
    if (outcome !== 'existing') return undefined;
    const { accounts, registrations } = evidence.world.vendor;
    const isThere = isOfAccount(event)
      ? accounts.some(({ personKey }) => personKey === person?.email)
      : registrations.some((each) => each.personKey === person?.email && each.offering === event.data.offering);
    return isThere ? undefined : `${event.id} says existing, and there is no account`;
  });

/** Where a run ended rejected or failed no call of it was carried out. */
export const endedWithoutMeansWithout: Invariant = ({ events, world }) =>
  first(events, ({ event }) => {
    const { outcome } = event.data;
    if (outcome !== 'rejected' && outcome !== 'failed') return undefined;
    const made = isOwn(world, event);
    const later = events.some(
      (other) =>
        other.event.subject === event.subject &&
        other.event.data.run > event.data.run &&
        other.event.data.offering === event.data.offering,
    );
    return made && !later ? `${event.id} says ${outcome}, and it has an account` : undefined;
  });

/** An account that a lost reply was about is told as such, so that the learner gets a way in. */
export const lostReplyIsTold: Invariant = ({ events, world }) =>
  first(events, ({ event }) => {
    if (event.data.outcome !== 'existing' || event.data.afterLostReply) return undefined;
    return isOwn(world, event) ? `${event.id} takes its own account for somebody else’s` : undefined;
  });

/** `unknown` is said only where a call was in doubt and nobody can be asked, or patience ended first. */
export const unknownOnlyWhenUnknowable: Invariant = (evidence) =>
  first(evidence.events, ({ event, order }) => {
    const { outcome, reason, person } = event.data;
    if (outcome !== 'unknown') return undefined;
    const { duplicates } = evidence.scenario.vendor;
    const isEnded = ['gave-up', 'crashed', 'vendor-rejected', 'mapping'].includes(reason?.code ?? '');
    if (duplicates === 'refused' && isOfAccount(event) && !isEnded)
      return `${event.id} says unknown, and a repeat would have been safe`;
    const isOthers = evidence.writes.some(({ order: at, after }) => {
      const text = at < order && after.signupId !== event.subject ? accountStep(after) : undefined;
      if (text?.state !== 'done' || text.outcome !== 'unknown') return false;
      return isOf(text.event, person?.email) || wasCalledFor(evidence, after.signupId, person?.email);
    });
    return isOthers || wasInDoubt(evidence, event.subject, order)
      ? undefined
      : `${event.id} says unknown, and no call was in doubt`;
  });

/** Whether an event is about this person. */
const isOf = (event: string | null, email: string | undefined): boolean =>
  event !== null && email !== undefined && event.includes(`"${email}"`);

/** Whether a call of the signup named this person; its event names nobody where the mapping had been changed by its end. */
const wasCalledFor = ({ happenings }: Evidence, signupId: string, email: string | undefined): boolean =>
  happenings.some(
    (each) => each.kind === 'called' && signupIdOf(each.reference) === signupId && each.personKey === email,
  );

/** Whether a call of the signup was in doubt: nobody knew, or whoever had claimed it came to harm. */
function wasInDoubt({ happenings, writes }: Evidence, signupId: string, before: number): boolean {
  const claims = writes.filter(
    ({ after, order }) => after.signupId === signupId && order < before && currentStep(after).state === 'calling',
  );
  return happenings.slice(0, before).some((each, order) => {
    if (each.kind === 'heard') return signupIdOf(each.reference) === signupId && each.answer === 'nobody-knows';
    // A claim can be on its way when its worker dies.
    if (each.kind === 'died') return claims.some((claim) => claim.worker === each.worker);
    if (each.kind !== 'went wrong' || each.mode === 'retried') return false;
    return claims.some(
      (claim) => claim.worker === each.worker && (claim.order < order || each.effect === 'write claim'),
    );
  });
}

/** Whether what the event is about was made at the vendor by its own signup. */
function isOwn({ vendor }: World, event: SignupEvent): boolean {
  const { offering } = event.data;
  const made = offering === null ? vendor.accounts : vendor.registrations.filter((each) => each.offering === offering);
  return made.some(({ reference }) => signupIdOf(reference) === event.subject);
}

/** Whether an answer of the vendor's to this signup had reached a worker by then. */
const heard = ({ happenings }: Evidence, { event, order }: Published, answer: string): boolean =>
  happenings
    .slice(0, order)
    .some(
      (each) =>
        each.kind === 'heard' &&
        each.answer === answer &&
        each.offering === event.data.offering &&
        signupIdOf(each.reference) === event.subject,
    );

/** A person has one made password, whatever it takes to set it, and over all runs. */
export const passwordMadeOnce: Invariant = ({ world, happenings }) => {
  if (world.options.platform.credentials !== 'ours') return undefined;
  const first = new Map<string, string>();
  for (const each of happenings) {
    if (each.kind !== 'called' || each.password === null) continue;
    const whose = `${each.personKey} by ${signupIdOf(each.reference)}`;
    if ((first.get(whose) ?? each.password) !== each.password) return `two passwords were set for ${whose}`;
    first.set(whose, each.password);
  }
  return undefined;
};

/** Nobody in the model brings a password of their own, so no event may say that somebody did. */
export const noneChosen: Invariant = ({ events }) =>
  first(events, ({ event }) =>
    event.data.credentials?.state === 'chosen' ? `${event.id} says that the person chose the password` : undefined,
  );
