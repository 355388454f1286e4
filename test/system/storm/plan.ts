import { seeded } from './seeded.ts';

/** How bad it gets. */
export interface StormOptions {
  readonly signups: number;
  /** Workers killed while they had an invocation. */
  readonly kills: number;
  /** The same seed is the same plan; what it meets is up to the machine's timing. */
  readonly seed: number;
  /** Signups a second, about. */
  readonly rate: number;
  /** How soon a killed worker's messages come back; after 6 function timeouts by default, as deployed. */
  readonly visibilitySeconds?: number;
}

/** One signup and what is done to it. */
export interface PlannedSignup {
  readonly email: string;
  readonly destination: Destination;
  /** The vendor's reply to the next account of this destination is lost, after it was made. */
  readonly losesReply: boolean;
  readonly duplicate: Duplicate;
}

/** `delivery`: the sender delivers it again. `message`: SQS hands the same message to a second worker. */
export type Duplicate = 'none' | 'delivery' | 'message';

export const destinations = ['classroom', 'courses'] as const;
export type Destination = (typeof destinations)[number];

export interface StormPlan {
  readonly signups: readonly PlannedSignup[];
  /** Before which signup a worker is killed, and of which destination. */
  readonly kills: readonly { readonly before: number; readonly destination: Destination }[];
}

export const lostReplyShare = 0.05;
export const duplicateShare = 0.1;

/** Exactly so many lost replies, duplicates and kills, spread by the seed; the kills leave the first and the last signups alone, so that each finds work. */
export function planStorm({ signups, kills, seed }: StormOptions): StormPlan {
  const random = seeded(seed);
  const pick = (count: number) => new Set(shuffled(signups, random).slice(0, Math.round(count)));
  const losing = pick(signups * lostReplyShare);
  const duplicates = [...pick(signups * duplicateShare)];
  const messages = new Set(duplicates.filter((_, index) => index % 2 === 0));
  const deliveries = new Set(duplicates.filter((_, index) => index % 2 === 1));
  const either = () => destinations[Math.floor(random() * destinations.length)] ?? 'classroom';
  return {
    signups: Array.from({ length: signups }, (_, index) => ({
      email: `learner-${index}@example.com`,
      destination: either(),
      losesReply: losing.has(index),
      duplicate: messages.has(index) ? 'message' : deliveries.has(index) ? 'delivery' : 'none',
    })),
    kills: Array.from({ length: kills }, (_, index) => ({
      before: Math.floor(signups * (0.05 + (0.9 * (index + random())) / kills)),
      destination: either(),
    })),
  };
}

function shuffled(count: number, random: () => number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return numbers
    .map((number) => [random(), number] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, number]) => number);
}
