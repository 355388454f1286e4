import { createMapper } from '../../lambdas/signups/map-signup.ts';
import type { CheckedConfig, CheckedSource, Route } from './checked-config.ts';
import type { Mistake } from './mistakes.ts';

/** What came of mapping the samples: what stops a deployment, and what may be a sample's fault. */
export interface SampleVerdict {
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly string[];
}

/**
 * Maps each source's sample for each of its destinations. A mapping of the config's own beside the preset's sample may look for what only the
 * real payloads hold: then it is a warning.
 */
export async function trySamples(config: CheckedConfig): Promise<SampleVerdict> {
  const mistakes: Mistake[] = [];
  const warnings: string[] = [];
  for (const [id, source] of Object.entries(config.sources)) {
    if (source.sample === undefined) continue;
    for (const route of source.to) {
      const message = await tryRoute(source, route, config.destinations[route.destination]?.roles ?? []);
      if (message === undefined) continue;
      const told = `its sample becomes no signup for ${route.destination}: ${message}`;
      if (source.sampleFits) mistakes.push({ path: ['sources', id], message: told });
      else warnings.push(`sources.${id}: ${told}; give a "sample" that goes with the mapping`);
    }
  }
  return { mistakes, warnings };
}

async function tryRoute(
  source: CheckedSource,
  { when, set }: Route,
  roles: readonly string[],
): Promise<string | undefined> {
  const map = createMapper({ accept: source.accept, mapping: source.mapping, when, set });
  const mapped = await map(Buffer.from(JSON.stringify(source.sample)));
  if (mapped.kind === 'rejected') return mapped.message;
  if (mapped.kind === 'signup' && !roles.includes(mapped.signup.role))
    return `role: ${mapped.signup.role} is not among the destination's roles`;
  return undefined;
}
