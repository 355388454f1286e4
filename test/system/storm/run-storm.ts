import { setTimeout as sleep } from 'node:timers/promises';
import type { Academy } from '../academy.ts';
import { messagesIn, signupItems } from '../observe.ts';
import { setVisibility } from '../set-visibility.ts';
import { planStorm, type StormOptions } from './plan.ts';
import { judge, type StormReport } from './report.ts';
import { type Damage, sendStorm } from './send-storm.ts';
import { openStormAcademy } from './storm-academy.ts';

/** What became of the signups, and what was done to them. */
export interface StormResult extends StormReport, Omit<Damage, 'accepted'> {
  readonly accepted: number;
  /** Accounts that were made and whose reply was lost. */
  readonly lostReplies: number;
  /** Signups whose message was received more than once, because a worker died over it or gave it back. */
  readonly cameAgain: number;
  readonly milliseconds: number;
}

/** A killed worker's messages come back after 12 seconds; whoever is killed five times has been through a minute of that. */
const patienceMs = 120_000;

/**
 * Sends signups to both platforms while workers are killed, replies get lost and messages come twice; resolves when everything is quiet.
 *
 * @param say told of the progress
 */
export async function runStorm(
  options: StormOptions,
  say: (line: string) => void = () => undefined,
): Promise<StormResult> {
  const academy = await openStormAcademy();
  const { classroom, courses } = academy.stack.simulators;
  try {
    if (options.visibilitySeconds !== undefined) await setVisibility(academy, options.visibilitySeconds);
    const started = performance.now();
    const damage = await sendStorm(academy, planStorm(options), options.rate, say);
    await quiet(academy, [...damage.accepted.keys()]);
    const milliseconds = performance.now() - started;
    const report = judge({
      accepted: damage.accepted,
      items: await signupItems(academy),
      events: academy.events,
      accounts: { classroom: classroom?.accounts() ?? [], courses: courses?.accounts() ?? [] },
      deadLetters: await messagesIn(academy, Object.values(academy.stack.dlqUrls)),
    });
    const lostReplies = [classroom, courses].reduce(
      (sum, each) => sum + (each?.counts()['weather:reply-lost'] ?? 0),
      0,
    );
    const { accepted, ...done } = damage;
    return {
      ...report,
      ...done,
      accepted: accepted.size,
      lostReplies,
      cameAgain: academy.cameAgain.size,
      milliseconds,
    };
  } finally {
    await academy.stop();
  }
}

/** Every signup is told of, and nothing is in any queue; or patience is over, and the report will say what is missing. */
async function quiet(academy: Academy, signupIds: readonly string[]): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const told = new Set(academy.events.map(({ data }) => data.signupId));
    const queues = Object.values(academy.stack.queueUrls);
    if (signupIds.every((id) => told.has(id)) && (await messagesIn(academy, queues)) === 0) return;
    await sleep(250);
  }
}
