import type { CallFailure } from '../../../lambdas/platforms/platform.ts';
import { refusalLimit, refusals } from '../../../lambdas/provision-user/refusals.ts';
import type { Blocked } from '../../../lambdas/provision-user/way-in.ts';
import { changeSession } from '../operate/change-session.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { type Finding, note, ok, wrong } from './finding.ts';
import { openWay } from './open-way.ts';

const patienceMs = 20_000;

/**
 * Whether the vendor accepts a destination's credentials: by the fleet's token, by at most one login, or by the vendor's own harmless call. Nobody is
 * created.
 *
 * @param version of the secret, so that its count can be set back
 * @param retry whether somebody asked for one more login after the breaker opened
 */
export async function lookAtCredentials(
  stage: OperatedStage,
  destination: string,
  { version, retry }: { readonly version: string; readonly retry: boolean },
): Promise<Finding[]> {
  const about = `credentials ${destination}`;
  const again = retry ? await allowOneMore(stage, destination, version) : [];
  const { session, logins } = await openWay(stage, destination);
  const signal = AbortSignal.timeout(patienceMs);
  const way = await session.enter(signal);
  if (way.kind === 'blocked') return [...again, explain(about, way, stage, destination)];
  if (way.account.access === 'session')
    return [
      ...again,
      ok(about, logins() === 0 ? 'accepted: the token that the workers use is good' : 'accepted by one login'),
    ];
  if (way.account.probe === undefined)
    return [...again, note(about, 'can’t be tried without making somebody: the next signup will show')];
  const probed = await way.account.probe(signal);
  if (probed.kind === 'credentials-refused') await session.credentialsRefused(way);
  return [...again, judgeProbe(about, probed, stage)];
}

/** Sets the refusals of a version back to one: exactly one more is allowed. */
async function allowOneMore(stage: OperatedStage, destination: string, version: string): Promise<Finding[]> {
  let isOpen = false;
  await changeSession(stage, destination, (item) => {
    isOpen = refusals(item, version) >= refusalLimit;
    return isOpen ? { ...item, refused: { ...item.refused, [version]: refusalLimit - 1 } } : undefined;
  });
  return [
    note(`breaker ${destination}`, isOpen ? 'was open; one more login is allowed' : 'is not open; nothing to retry'),
  ];
}

function judgeProbe(about: string, probed: CallFailure | { readonly kind: 'accepted' }, stage: OperatedStage): Finding {
  switch (probed.kind) {
    case 'accepted':
      return ok(about, 'accepted, asked by a call that changes nothing');
    case 'credentials-refused':
    case 'token-refused':
      return wrong(about, `refused (${probed.message}): npm run secrets${stage.word} set`);
    default:
      return wrong(about, `could not be tried: ${probed.message}`);
  }
}

function explain(about: string, { reason }: Blocked, { word }: OperatedStage, destination: string): Finding {
  const set = `npm run secrets${word} set destinations/${destination}`;
  switch (reason.code) {
    case 'credentials-refused':
      return wrong(about, `refused by the vendor (${reason.message}): ${set}`);
    case 'breaker-open':
      return wrong(
        about,
        `the breaker is open: the vendor refused them ${refusalLimit} times, and no login is tried any more. Put the right ones in: ${set}; or, if these are right: npm run doctor${word} ${destination} -- --retry allows one login`,
      );
    case 'paused':
      return note(about, `not tried: ${reason.message}. npm run resume${word} ${destination}`);
    case 'secret-missing':
      return wrong(about, `${reason.message}: ${set}`);
    case 'login-busy':
      return note(about, `not tried: ${reason.message}`);
    default:
      return wrong(about, `could not be tried: ${reason.message}`);
  }
}
