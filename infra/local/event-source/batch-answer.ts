import { z } from 'zod';

const answerSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Which records of a batch were dealt with, from the function's answer ("Implementing partial batch responses"): nothing, `null` and an
 * empty list mean all; an answer that can't be read, or an identifier that is empty, absent or of no record of the batch, means none.
 *
 * @param payload the function's result as JSON text
 * @returns the ids of the records to delete
 */
export function succeededOf(payload: string, ids: readonly string[]): readonly string[] {
  if (payload.trim() === '' || payload.trim() === 'null') return ids;
  const answer = answerSchema.safeParse(parse(payload));
  if (!answer.success) return [];
  const failed = new Set((answer.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  for (const id of failed) if (!ids.includes(id)) return [];
  return ids.filter((id) => !failed.has(id));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
