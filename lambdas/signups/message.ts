import * as z from 'zod/mini';

/**
 * What travels on a destination's queue. Three kinds:
 *
 * - `delivery`: a verified webhook, its raw bytes untouched.
 * - `redrive`: an open signup's kept body once more, still encrypted (compact JWE), as run `run`.
 * - `resolve`: what a person found at the vendor about an `unknown` signup; run `run` records it.
 */
const identity = { signupId: z.string(), source: z.string(), acceptedAt: z.string() };

const delivery = z.object({
  kind: z.literal('delivery'),
  ...identity,
  /** Base64 of the raw bytes that were signed. */
  body: z.string(),
  /** Set where no dedupe key could be made: the worker rejects it with these words. */
  undedupable: z.optional(z.string()),
});

const redrive = z.object({ kind: z.literal('redrive'), ...identity, run: z.number(), body: z.string() });

const resolve = z.object({
  kind: z.literal('resolve'),
  ...identity,
  run: z.number(),
  verdict: z.enum(['exists', 'absent']),
  body: z.string(),
});

const schema = z.discriminatedUnion('kind', [delivery, redrive, resolve]);

export type SignupMessage = z.infer<typeof schema>;
export type Delivery = z.infer<typeof delivery>;

/**
 * Reads a queue message.
 *
 * @throws Error (without the text, which may hold a password) where it is no message of ours
 */
export function readMessage(text: string): SignupMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('the queue message is no JSON');
  }
  const result = z.safeParse(schema, json);
  if (!result.success)
    throw new Error(`the queue message is not one of ours: ${result.error.issues[0]?.path.join('.') ?? ''}`);
  return result.data;
}
