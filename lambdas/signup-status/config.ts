import * as z from 'zod/mini';

const schema = z.object({
  stage: z.string(),
  /** Each source's destinations: a signup's states are looked for there. */
  sources: z.record(z.string(), z.object({ to: z.array(z.string()) })),
});

/** `config.json` beside signup-status's bundle, written at synth. */
export type SignupStatusConfig = z.infer<typeof schema>;

/** @throws Error naming the path of what is wrong */
export const parseSignupStatusConfig = (json: unknown): SignupStatusConfig => z.parse(schema, json);
