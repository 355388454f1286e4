import { type Evidence, first, type Invariant, type Published } from '../evidence.ts';
import { signupIdOf } from '../people.ts';

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
      return heard(evidence, published, 'created') ? undefined : `${event.id} says created, and no reply said so`;
    if (outcome !== 'existing') return undefined;
    const isThere = evidence.world.vendor.accounts.some(({ personKey }) => personKey === person?.email);
    return isThere ? undefined : `${event.id} says existing, and there is no account`;
  });

/** Where a run ended rejected or failed no call of it was carried out. */
export const endedWithoutMeansWithout: Invariant = ({ events, world }) =>
  first(events, ({ event }) => {
    const { outcome } = event.data;
    if (outcome !== 'rejected' && outcome !== 'failed') return undefined;
    const made = world.vendor.accounts.some(({ reference }) => signupIdOf(reference) === event.subject);
    const later = events.some(
      (other) => other.event.subject === event.subject && other.event.data.run > event.data.run,
    );
    return made && !later ? `${event.id} says ${outcome}, and it has an account` : undefined;
  });

/** An account that a lost reply was about is told as such, so that the learner gets a way in. */
export const lostReplyIsTold: Invariant = ({ events, world }) =>
  first(events, ({ event }) => {
    if (event.data.outcome !== 'existing' || event.data.afterLostReply) return undefined;
    const own = world.vendor.accounts.some(({ reference }) => signupIdOf(reference) === event.subject);
    return own ? `${event.id} takes its own account for somebody else’s` : undefined;
  });

/** `unknown` is said only where a call was in doubt and nobody can be asked, or patience ended first. */
export const unknownOnlyWhenUnknowable: Invariant = (evidence) =>
  first(evidence.events, ({ event, order }) => {
    const { outcome, reason, person } = event.data;
    if (outcome !== 'unknown') return undefined;
    const { duplicates } = evidence.scenario.vendor;
    const isEnded = ['gave-up', 'crashed', 'vendor-rejected', 'mapping'].includes(reason?.code ?? '');
    if (duplicates === 'refused' && !isEnded) return `${event.id} says unknown, and a repeat would have been safe`;
    const others = evidence.events.filter(
      (other) => other.order < order && other.event.data.person?.email === person?.email,
    );
    const isOthers = others.some((other) => other.event.data.outcome === 'unknown');
    return isOthers || wasInDoubt(evidence, event.subject, order)
      ? undefined
      : `${event.id} says unknown, and no call was in doubt`;
  });

/** Whether a call of the signup was in doubt: nobody knew, or whoever had claimed it came to harm. */
function wasInDoubt({ happenings, writes }: Evidence, signupId: string, before: number): boolean {
  const claims = writes.filter(
    ({ after, order }) => after.signupId === signupId && order < before && after.steps[0]?.state === 'calling',
  );
  return happenings.slice(0, before).some((each, order) => {
    if (each.kind === 'heard') return signupIdOf(each.reference) === signupId && each.answer === 'nobody-knows';
    const isHarm = each.kind === 'died' || (each.kind === 'went wrong' && each.mode !== 'retried');
    // A claim whose own reply went astray was written after it went wrong.
    return isHarm && claims.some((claim) => claim.worker === each.worker && claim.order < order + 3);
  });
}

/** Whether an answer of the vendor's to this signup had reached a worker by then. */
const heard = ({ happenings }: Evidence, { event, order }: Published, answer: string): boolean =>
  happenings
    .slice(0, order)
    .some((each) => each.kind === 'heard' && each.answer === answer && signupIdOf(each.reference) === event.subject);

/** A run has one made password, whatever it takes to set it. */
export const passwordMadeOnce: Invariant = ({ world, happenings, signups }) =>
  first(signups, ({ signupId, run }) => {
    const called = happenings.flatMap((each) =>
      each.kind === 'called' && signupIdOf(each.reference) === signupId && each.password !== null
        ? [each.password]
        : [],
    );
    if (world.options.platform.credentials !== 'ours' || new Set(called).size <= run) return undefined;
    return `${new Set(called).size} passwords for ${run} runs of ${signupId}`;
  });
