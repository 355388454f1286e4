/**
 * How an effect can go wrong:
 *
 * - `before`: not carried out, and the asker is told so (an error; a vendor's "not done")
 * - `crash-before`: the worker dies as it asks
 * - `crash-after`: carried out, and the worker dies before the reply
 * - `reply-lost`: carried out, and the asker gets an error (from a vendor: nobody knows)
 * - `request-lost`: not carried out, and nobody knows
 * - `retried`: carried out, the reply is lost, and the SDK repeats the request
 * - `late`: the asker never hears of it, and it is carried out when others may be at it
 * - `stall`: carried out, and the asker sleeps for longer than its lease and the queue’s patience, and lives
 * - `rotated`: the vendor's key and its secret are changed a moment before
 * - `token-ended`: the vendor ends the session a moment before
 * - `twice`: carried out, and the queue delivers the message again all the same
 */
export type Mode =
  | 'before'
  | 'crash-before'
  | 'crash-after'
  | 'reply-lost'
  | 'request-lost'
  | 'retried'
  | 'late'
  | 'stall'
  | 'rotated'
  | 'token-ended'
  | 'twice';

const reading = ['before', 'crash-before', 'stall'] as const;
const writing = ['before', 'crash-before', 'crash-after', 'reply-lost', 'retried', 'late', 'stall'] as const;

/** Everything that a worker, or the queue's poller, does to the world, and the ways in which each can go wrong. */
export const effects = {
  receive: ['before', 'reply-lost'],
  acknowledge: ['before', 'twice'],
  'change visibility': ['before', 'crash-before', 'crash-after', 'reply-lost'],
  'read secret': reading,
  'read signup': reading,
  'read session': reading,
  'read person': reading,
  'write suspect': writing,
  'write claim': writing,
  'write waiting': writing,
  'write done': writing,
  'write note': writing,
  'take person': writing,
  'give back person': ['before', 'crash-before', 'crash-after', 'reply-lost', 'retried', 'late', 'stall'],
  'take login slot': writing,
  'write token': writing,
  'count refusal': writing,
  'free login slot': writing,
  'drop token': writing,
  'log in': ['before', 'crash-before', 'crash-after', 'reply-lost', 'request-lost', 'late', 'rotated'],
  'create account': [
    'before',
    'crash-before',
    'crash-after',
    'reply-lost',
    'request-lost',
    'late',
    'stall',
    'rotated',
    'token-ended',
  ],
  'look up': ['before', 'crash-before', 'reply-lost', 'late', 'rotated', 'token-ended'],
  register: ['before', 'crash-before', 'crash-after', 'reply-lost', 'request-lost', 'late', 'stall', 'rotated'],
  'add tags': ['before', 'crash-before', 'crash-after', 'reply-lost', 'late', 'rotated'],
  publish: ['before', 'crash-before', 'crash-after', 'reply-lost', 'retried', 'stall'],
} as const satisfies Record<string, readonly Mode[]>;

export type EffectName = keyof typeof effects;
export const effectNames = Object.keys(effects).filter((name): name is EffectName => name in effects);

/** The modes in which an effect can go wrong. */
export const modesOf = (effect: EffectName): readonly Mode[] => effects[effect];
