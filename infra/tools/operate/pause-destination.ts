import { longestPauseMs } from '../../../lambdas/provision-user/patience.ts';
import { productionTimeLimits } from '../../time-limits.ts';
import { inWords } from '../ledger/age.ts';
import { changeSession } from './change-session.ts';
import type { OperatedStage } from './operated-stage.ts';

/** Workers believe what they read for so long. */
const noticedWithin = 'ten seconds';

/**
 * Stops a destination by hand: no call is made until it is resumed. Its signups wait in its queue, each with who paused it and why.
 *
 * @param now milliseconds since the epoch
 * @returns what to say
 */
export async function pauseDestination(
  stage: OperatedStage,
  destination: string,
  { by, why, now }: { readonly by: string; readonly why: string; readonly now: number },
): Promise<string> {
  const paused = { by, why, at: new Date(now).toISOString() };
  await changeSession(stage, destination, (item) => ({ ...item, paused }));
  const giveUpAfter = inWords(stage.config.destinations[destination]?.giveUpAfterMs ?? 0);
  return [
    `${destination} of ${stage.title} is paused: its workers notice within ${noticedWithin}, and what they have begun they end.`,
    `Signups are accepted and wait. The first of them gives up ${giveUpAfter} after it came; if the pause will be longer, raise "giveUpAfter" and deploy.`,
    `On again: npm run resume${stage.word} ${destination}`,
  ].join('\n');
}

/** @returns what to say */
export async function resumeDestination(stage: OperatedStage, destination: string): Promise<string> {
  let before: { readonly by: string; readonly why: string; readonly at: string } | undefined;
  await changeSession(stage, destination, ({ paused, ...rest }) => {
    before = paused;
    return paused === undefined ? undefined : rest;
  });
  if (before === undefined) return `${destination} of ${stage.title} was not paused.`;
  const giveUpAfterMs = stage.config.destinations[destination]?.giveUpAfterMs ?? 0;
  const minutes = Math.ceil(longestPauseMs({ ...productionTimeLimits, giveUpAfterMs }) / 60_000);
  return `${destination} of ${stage.title} goes on within ${noticedWithin}; what waits comes back by itself, within ${minutes} minutes. (${before.by} had paused it at ${before.at}: ${before.why})`;
}
