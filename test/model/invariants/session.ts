import { refusalLimit } from '../../../lambdas/provision-user/refusals.ts';
import type { EffectName } from '../effects.ts';
import { type Evidence, first, type Invariant } from '../evidence.ts';

const minuteMs = 60_000;
const slotMs = 15 * minuteMs;

/** What has to work for a refusal to be counted. */
const counting: ReadonlySet<EffectName> = new Set([
  'count refusal',
  'read session',
  'take login slot',
  'log in',
  'create account',
  'look up',
  'register',
] as const);

/** The vendor never locks the account; and of each secret's version it answers at most two refusals, but for those that could not be counted. */
export const nobodyLockedOut: Invariant = ({ happenings, went, world }) => {
  if (happenings.some((each) => each.kind === 'logged in' && each.answer === 'locked') || world.vendor.wasLocked())
    return 'the vendor locked the account';
  const uncounted = went.filter(({ effect }) => counting.has(effect)).length;
  const inFlight = world.options.vendor.access === 'direct' ? world.options.skews.length * world.options.batchSize : 0;
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

/** After a login whose end is unknown, none for 15 minutes, from when its slot was taken. */
export const loginsKeepApart: Invariant = ({ happenings, world }) => {
  if (world.options.skews.some((skew) => skew !== 0)) return undefined;
  const asked = happenings.filter((each) => each.kind === 'login asked');
  return first(asked, (each) => {
    const index = happenings.indexOf(each);
    const next = asked.find((other) => happenings.indexOf(other) > index);
    if (next === undefined || next.at - each.at >= slotMs - minuteMs) return undefined;
    const end = happenings
      .slice(index, happenings.indexOf(next))
      .find((other) => other.kind === 'login ended' && other.worker === each.worker);
    if (end?.kind === 'login ended' && end.end !== 'unknown' && end.end !== 'nobody-knows') return undefined;
    return `a login ${Math.round((next.at - each.at) / 1000)} s after one whose end is unknown`;
  });
};

/** Nobody logs in while the fleet has a token that the vendor accepts. */
export const noNeedlessLogin: Invariant = (evidence) => {
  if (evidence.world.options.skews.some((skew) => skew !== 0)) return undefined;
  return first([...evidence.happenings.entries()], ([order, each]) => {
    if (each.kind !== 'login asked') return undefined;
    return hadToken(evidence, order, each.version)
      ? `${each.worker} logged in although the fleet had a token`
      : undefined;
  });
};

/** Whether a token of this version had been written that the vendor accepts: no session end, no later login and no rotation since, and it is young. */
function hadToken({ happenings }: Evidence, before: number, version: string): boolean {
  const earlier = happenings.slice(0, before);
  const written = earlier.findLastIndex(
    (each) =>
      each.kind === 'written' &&
      each.after?.kind === 'session' &&
      each.after.generation > (each.before?.kind === 'session' ? each.before.generation : 0),
  );
  const write = earlier[written];
  if (write?.kind !== 'written') return false;
  const login = earlier
    .slice(0, written)
    .findLastIndex((each) => each.kind === 'logged in' && each.worker === write.worker && each.answer === 'token');
  const made = earlier[login];
  if (made?.kind !== 'logged in' || made.version !== version) return false;
  const now = happenings[before]?.at ?? 0;
  // The asker read the session item a moment ago.
  const isOld = now - made.at > 19 * minuteMs || now - write.at < 2 * minuteMs;
  const isEnded = earlier
    .slice(login + 1)
    .some((each) => each.kind === 'session ended' || (each.kind === 'logged in' && each.answer === 'token'));
  return !isOld && !isEnded;
}
