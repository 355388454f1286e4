import * as z from 'zod/mini';
import { toldOutcomes } from './outcome.ts';
import type { EventAttributes } from './ports.ts';

const text = z.string();

/** A few fields of an event's: making the schema of all of them is a part of each cold start. */
const schema = z.object({
  type: text,
  test: z.optional(z.literal(true)),
  data: z.object({ outcome: z.enum(toldOutcomes), source: text, destination: text, platform: text }),
});

/** The SNS message attributes of an event's stored text. @throws Error where the text is no event */
export function eventAttributes(event: string): EventAttributes {
  const { type, test, data } = z.parse(schema, JSON.parse(event));
  return { type, ...data, ...(test && { test: 'true' }) };
}
