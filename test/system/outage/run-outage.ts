import { setTimeout as sleep } from 'node:timers/promises';
import { destinationSecretName } from '../../../infra/constructs/names.ts';
import { currentStep, outcomeOf } from '../../../lambdas/signups/ledger.ts';
import { type Academy, openAcademy, smallTimeLimits } from '../academy.ts';
import { enqueue } from '../enqueue.ts';
import { messagesIn, signupItems } from '../observe.ts';

/** What is wrong, from the first signup on, until it is mended. */
export const troubles = {
  /** Somebody put a wrong AppKey into Secrets Manager. */
  'wrong-key': 'a wrong AppKey',
  /** The same, and the vendor's first two refusals never reach us: it has counted them, and we can't know. */
  'wrong-key-replies-lost': 'a wrong AppKey, and login replies that get lost',
  /** The right AppKey, and nobody listens. */
  'vendor-away': 'a vendor that answers 503',
} as const;
export type Trouble = keyof typeof troubles;

export interface OutageOptions {
  readonly signups: number;
  /** Workers at a time. */
  readonly workers: number;
  readonly milliseconds: number;
}

export interface OutageResult {
  /** Before it was mended: signups that waited in the ledger, told of, refused logins and lockouts by the simulator's count. */
  readonly during: {
    readonly waiting: number;
    readonly told: number;
    readonly refusedLogins: number;
    readonly lockouts: number;
  };
  readonly refusedLogins: number;
  readonly lockouts: number;
  readonly created: number;
  readonly accounts: number;
  readonly deadLetters: number;
  /** How often the message that came most often was received. */
  readonly mostReceives: number;
  /** From the mending to the last account's event. */
  readonly recoveryMilliseconds: number;
}

/**
 * Production's limits, 864 times faster: 24 hours are 100 seconds, and `giveUpAfter` (5 minutes) is 72 hours. Calls and leases can't be
 * made as small.
 */
const timeLimits = { ...smallTimeLimits, backoffMs: 100, backoffCapMs: 1_000, loginSlotMs: 2_000, secretLifeMs: 1_000 };
const patienceMs = 90_000;

/** A whole crowd waits behind a trouble at Electa; then it is mended, and everybody must arrive. */
export async function runOutage(trouble: Trouble, options: OutageOptions): Promise<OutageResult> {
  const receives = new Map<string, number>();
  const academy = await openAcademy(
    {
      sources: { shop: { preset: 'standard-webhooks' } },
      destinations: {
        classroom: {
          platform: 'electa',
          credentials: ['mailer'],
          giveUpAfter: '5m',
          maximumConcurrency: options.workers,
          batchSize: 10,
        },
      },
    },
    {
      timeLimits,
      onReceive: ({ messageId, attributes }) => receives.set(messageId, Number(attributes.ApproximateReceiveCount)),
    },
  );
  try {
    return { ...(await passThrough(academy, trouble, options)), mostReceives: Math.max(...receives.values()) };
  } finally {
    await academy.stop();
  }
}

async function passThrough(
  academy: Academy,
  trouble: Trouble,
  { signups, milliseconds }: OutageOptions,
): Promise<Omit<OutageResult, 'mostReceives'>> {
  const { stack } = academy;
  const simulator = stack.simulators.classroom;
  if (simulator === undefined) throw new Error('the stack has no classroom');
  const secretName = destinationSecretName(stack.config.stage, 'classroom');
  const counts = () => ({
    refusedLogins: simulator.counts().refusedLogins ?? 0,
    lockouts: simulator.counts().lockouts ?? 0,
  });
  if (trouble === 'vendor-away') simulator.arm({ weather: 'http-503', ms: 1_000, times: 1_000_000 });
  else stack.secrets.put(secretName, JSON.stringify({ ...simulator.secret, appKey: 'WRONG'.padEnd(32, 'X') }));
  if (trouble === 'wrong-key-replies-lost') simulator.arm({ weather: 'reply-lost', operation: 'token', times: 2 });

  const emails = Array.from({ length: signups }, (_, index) => `learner-${index}@example.com`);
  await enqueue(academy, 'shop', 'classroom', emails);
  await sleep(milliseconds);
  const waiting = (await signupItems(academy)).filter((item) => currentStep(item).state === 'waiting').length;
  const during = { waiting, told: academy.events.length, ...counts() };

  if (trouble === 'vendor-away') await simulator.calm();
  else stack.secrets.put(secretName, JSON.stringify(simulator.secret));
  const mended = performance.now();
  await until(() => new Set(academy.events.map(({ data }) => data.signupId)).size === signups);
  const recoveryMilliseconds = performance.now() - mended;
  const items = await signupItems(academy);
  return {
    during,
    ...counts(),
    created: items.filter((item) => outcomeOf(currentStep(item)) === 'created').length,
    accounts: simulator.accounts().length,
    deadLetters: await messagesIn(academy, Object.values(stack.dlqUrls)),
    recoveryMilliseconds,
  };
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!condition() && Date.now() < end) await sleep(50);
}
