import { setTimeout as sleep } from 'node:timers/promises';
import { destinationSecretName, queueName } from '../../../infra/constructs/names.ts';
import { currentStep, outcomeOf, type Step } from '../../../lambdas/signups/ledger.ts';
import { type Academy, openAcademy } from '../academy.ts';
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

/** Logins that the vendor may refuse: two answered ones, and those whose answer was lost. */
export const mostRefused = { 'wrong-key': 2, 'wrong-key-replies-lost': 4, 'vendor-away': 0 } as const satisfies Record<
  Trouble,
  number
>;

export interface OutageOptions {
  readonly signups: number;
  /** Workers at a time. */
  readonly workers: number;
  /** How long it lasts from when everybody waits. */
  readonly milliseconds: number;
}

export interface OutageResult {
  readonly trouble: Trouble;
  /** Before it was mended: signups in the ledger that had not ended, told of, refused logins and lockouts by the simulator's count. */
  readonly during: {
    readonly unended: number;
    readonly told: number;
    readonly refusedLogins: number;
    readonly lockouts: number;
  };
  readonly refusedLogins: number;
  readonly lockouts: number;
  /** Signups that ended `created`, or `existing` after a reply that a busy machine gave too late. */
  readonly arrived: number;
  readonly accounts: number;
  readonly deadLetters: number;
  /** How often the message that came most often was received. */
  readonly mostReceives: number;
  /** From the mending to the last account's event. */
  readonly recoveryMilliseconds: number;
}

/**
 * What is long in production, 864 times faster: 24 hours are 100 seconds, `giveUpAfter` (5 minutes) is 72 hours, a login's slot 2 seconds (half an hour).
 * Calls stay as long as a busy machine needs for them.
 */
const timeLimits = {
  vendorCallMs: 4_000,
  recordDeadlineMs: 6_000,
  functionTimeoutMs: 8_000,
  leaseMs: 9_000,
  visibilityMs: 48_000,
  backoffMs: 100,
  backoffCapMs: 1_000,
  loginSlotMs: 2_000,
  secretLifeMs: 1_000,
};
const patienceMs = 60_000;

/**
 * For each of the troubles a crowd waits at a destination (Electa) of its own; then it is mended, and everybody must arrive.
 *
 * @returns by trouble, in their order
 */
export async function runOutages(wanted: readonly Trouble[], options: OutageOptions): Promise<readonly OutageResult[]> {
  const receives = new Map<string, number>();
  const destination = {
    platform: 'electa',
    credentials: ['mailer'],
    giveUpAfter: '5m',
    maximumConcurrency: options.workers,
    batchSize: 10,
  };
  const academy = await openAcademy(
    {
      sources: { shop: { preset: 'standard-webhooks', to: wanted } },
      destinations: Object.fromEntries(wanted.map((trouble) => [trouble, destination])),
    },
    {
      timeLimits,
      onReceive: ({ eventSourceARN, attributes }) => {
        const queue = eventSourceARN.split(':').at(-1) ?? '';
        receives.set(queue, Math.max(receives.get(queue) ?? 0, Number(attributes.ApproximateReceiveCount)));
      },
    },
  );
  try {
    return await Promise.all(
      wanted.map(async (trouble) => ({
        trouble,
        ...(await passThrough(academy, trouble, options)),
        mostReceives: receives.get(queueName(academy.stack.config.stage, trouble)) ?? 0,
      })),
    );
  } finally {
    await academy.stop();
  }
}

async function passThrough(
  academy: Academy,
  trouble: Trouble,
  { signups, milliseconds }: OutageOptions,
): Promise<Omit<OutageResult, 'mostReceives' | 'trouble'>> {
  const { stack } = academy;
  const simulator = stack.simulators[trouble];
  if (simulator === undefined) throw new Error(`the stack has no ${trouble}`);
  const secretName = destinationSecretName(stack.config.stage, trouble);
  const told = () => academy.events.filter(({ data }) => data.destination === trouble);
  const items = async () => (await signupItems(academy)).filter((item) => item.destination === trouble);
  const inState = async (state: Step['state']) => (await items()).filter((item) => currentStep(item).state === state);
  const unended = async () => (await items()).filter((item) => currentStep(item).state !== 'done');
  const counts = () => ({
    refusedLogins: simulator.counts().refusedLogins ?? 0,
    lockouts: simulator.counts().lockouts ?? 0,
  });
  if (trouble === 'vendor-away') simulator.arm({ weather: 'http-503', ms: 1_000, times: 1_000_000 });
  else stack.secrets.put(secretName, JSON.stringify({ ...simulator.secret, appKey: 'WRONG'.padEnd(32, 'X') }));
  if (trouble === 'wrong-key-replies-lost') simulator.arm({ weather: 'reply-lost', operation: 'token', times: 2 });

  const emails = Array.from({ length: signups }, (_, index) => `learner-${index}@example.com`);
  await enqueue(academy, 'shop', trouble, emails);
  await until(
    async () => counts().refusedLogins >= mostRefused[trouble] && (await inState('waiting')).length === signups,
  );
  await sleep(milliseconds);
  const during = { unended: (await unended()).length, told: told().length, ...counts() };

  if (trouble === 'vendor-away') await simulator.calm();
  else stack.secrets.put(secretName, JSON.stringify(simulator.secret));
  const mended = performance.now();
  await until(async () => new Set(told().map(({ data }) => data.signupId)).size === signups);
  const recoveryMilliseconds = performance.now() - mended;
  const outcomes = (await items()).map((item) => outcomeOf(currentStep(item)));
  const arrived = outcomes.filter((outcome) => outcome === 'created' || outcome === 'existing').length;
  const deadLetters = await messagesIn(academy, [stack.dlqUrls[trouble] ?? '']);
  return { during, ...counts(), arrived, accounts: simulator.accounts().length, deadLetters, recoveryMilliseconds };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await condition()) && Date.now() < end) await sleep(100);
}
