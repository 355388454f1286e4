import { z } from 'zod';
import type { Recipient } from '../../../lambdas/signups/sealing.ts';
import type { PrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';

const schema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
});

/** What of a recipient's keys everybody may know. */
export const publicHalves = (keys: PrivateKeys): readonly Recipient[] =>
  [...keys.values()].map((key) => schema.parse(key));
