import { dedupeKeyOf } from '../../lambdas/receive-signup/dedupe-key.ts';
import { createMapper, type Mapped } from '../../lambdas/signups/map-signup.ts';
import type { CheckedConfig, CheckedSource } from './checked-config.ts';
import type { Mistake } from './mistakes.ts';

/** What came of mapping the samples: what stops a deployment, and what may be a sample's fault. */
export interface SampleVerdict {
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly string[];
}

/**
 * Takes each source's sample in as a delivery of it: makes its dedupe key and maps it for each destination. What the config's own sample can't
 * become is a mistake. A mapping, a dedupe key or a `when` of the config's own beside the preset's sample may look for what only the real payloads
 * hold: then it is a warning.
 */
export async function trySamples(config: CheckedConfig): Promise<SampleVerdict> {
  const mistakes: Mistake[] = [];
  const warnings: string[] = [];
  for (const [id, source] of Object.entries(config.sources)) {
    if (source.sample === undefined) continue;
    const tell = (message: string, isMistake: boolean) => {
      if (isMistake) mistakes.push({ path: ['sources', id], message });
      else warnings.push(`sources.${id}: ${message}; give a "sample" that goes with the rest`);
    };
    const body = Buffer.from(JSON.stringify(source.sample));
    const dedupe = dedupeProblem(source, body);
    if (dedupe !== undefined) tell(`its sample is rejected everywhere: ${dedupe}`, source.sampleIsOwn);
    const results = await Promise.all(
      source.to.map(async ({ destination, when, set }) => {
        const map = createMapper({ accept: source.accept, mapping: source.mapping, when, set });
        return { destination, mapped: await map(body) };
      }),
    );
    for (const { destination, mapped } of results) {
      const problem = problemOf(mapped, config.destinations[destination]?.roles ?? []);
      if (problem !== undefined) tell(`its sample becomes no signup for ${destination}: ${problem}`, source.sampleFits);
    }
    const ignored = results.flatMap(({ mapped }) => (mapped.kind === 'ignored' ? [mapped.why] : []));
    if (ignored.length > 0 && ignored.length === results.length)
      tell(ignoredWords(source, ignored), source.sampleIsOwn);
  }
  return { mistakes, warnings };
}

/** Why a delivery has no dedupe key, if so. `webhook-id` is the sender's affair and can't be missing in a body. */
export function dedupeProblem({ dedupeKey }: CheckedSource, body: Uint8Array): string | undefined {
  const inBody = dedupeKey.filter((part) => part !== 'webhook-id');
  return dedupeKeyOf(inBody, { headers: new Map(), body }).undedupable;
}

function problemOf(mapped: Mapped, roles: readonly string[]): string | undefined {
  if (mapped.kind === 'rejected') return mapped.message;
  if (mapped.kind === 'signup' && !roles.includes(mapped.signup.role))
    return `role: ${mapped.signup.role} is not among the destination's roles`;
  return undefined;
}

const ignoredWords = ({ accept }: CheckedSource, why: readonly ('accept' | 'when')[]): string =>
  why.includes('accept')
    ? `its sample is ignored, and so may every delivery be: this is false for it: accept: ${accept}`
    : 'its sample is ignored, and so may every delivery be: the `when` of no route is true for it';
