import { refusalLimit } from '../../../lambdas/provision-user/refusals.ts';
import type { LedgerItem, SessionItem } from '../../../lambdas/signups/ledger.ts';
import type { EffectName } from '../effects.ts';
import { first, type Invariant } from '../evidence.ts';
import type { Happening, Of } from '../history.ts';

const minuteMs = 60_000;
/** Between taking the slot and logging in passes a moment. */
const almost = 0.93;

/** What has to work for a refusal to be counted. */
const counting: ReadonlySet<EffectName> = new Set([
  'count refusal',
  'read session',
  'take login slot',
  'log in',
  'create account',
  'look up',
  'register',
  'add tags',
] as const);

/** The vendor never locks the account; and of each secret's version it answers at most two refusals, but for those that could not be counted. */
export const nobodyLockedOut: Invariant = ({ happenings, went, world }) => {
  if (happenings.some((each) => each.kind === 'logged in' && each.answer === 'locked') || world.vendor.wasLocked())
    return 'the vendor locked the account';
  const uncounted = went.filter(({ effect }) => counting.has(effect)).length;
  const { skews, batchSize, vendor } = world.options;
  const inFlight = vendor.access === 'direct' ? skews.length * batchSize : 0;
  const refused = new Map<string, number>();
  return first(happenings, (each) => {
    const isRefusal =
      (each.kind === 'login ended' && each.end === 'credentials-refused') || each.kind === 'credentials refused';
    if (!isRefusal) return undefined;
    const count = (refused.get(each.version) ?? 0) + 1;
    refused.set(each.version, count);
    return count > refusalLimit + uncounted + inFlight ? `${count} refusals of ${each.version}` : undefined;
  });
};

/** After a login whose end is unknown, none for 15 minutes (the setting), from when its slot was taken. */
export const loginsKeepApart: Invariant = ({ happenings, world }) => {
  const { loginSlotMs } = world.options.config.timeLimits;
  const asked = happenings.filter((each) => each.kind === 'login asked');
  return first(asked, (each) => {
    const index = happenings.indexOf(each);
    const next = asked.find((other) => happenings.indexOf(other) > index);
    if (next === undefined || next.at - each.at >= loginSlotMs * almost) return undefined;
    const end = happenings
      .slice(index, happenings.indexOf(next))
      .find((other) => other.kind === 'login ended' && other.worker === each.worker);
    if (end?.kind === 'login ended' && end.end !== 'unknown' && end.end !== 'nobody-knows') return undefined;
    return `a login ${Math.round((next.at - each.at) / 1000)} s after one whose end is unknown`;
  });
};

/** Nobody takes the slot for a login while the fleet has a token that the vendor accepts. */
export const noNeedlessLogin: Invariant = ({ happenings }) =>
  first([...happenings.entries()], ([order, each]) => {
    if (each.kind !== 'login asked') return undefined;
    const slot = happenings
      .slice(0, order)
      .findLastIndex((other) => other.kind === 'written' && other.worker === each.worker && takesSlot(other));
    return hadToken(happenings.slice(0, slot), each)
      ? `${each.worker} logged in although the fleet had a token`
      : undefined;
  });

const sessionOf = (item: LedgerItem | undefined): SessionItem | undefined =>
  item?.kind === 'session' ? item : undefined;

const takesSlot = ({ before, after }: Of<'written'>): boolean =>
  (sessionOf(after)?.slotUntil ?? 0) > (sessionOf(before)?.slotUntil ?? 0);

const bringsToken = ({ before, after }: Of<'written'>): boolean =>
  (sessionOf(after)?.generation ?? 0) > (sessionOf(before)?.generation ?? 0);

/** Whether the token that was written last is of this secret's version, young, and the vendor's latest. */
function hadToken(earlier: readonly Happening[], asked: Of<'login asked'>): boolean {
  const written = earlier.findLastIndex((each) => each.kind === 'written' && bringsToken(each));
  const write = earlier[written];
  if (write?.kind !== 'written') return false;
  const login = earlier
    .slice(0, written)
    .findLastIndex((each) => each.kind === 'logged in' && each.worker === write.worker && each.answer === 'token');
  const made = earlier[login];
  if (made?.kind !== 'logged in' || made.version !== asked.version || asked.at - made.at > 19 * minuteMs) return false;
  return !earlier
    .slice(login + 1)
    .some((each) => each.kind === 'session ended' || (each.kind === 'logged in' && each.answer === 'token'));
}
