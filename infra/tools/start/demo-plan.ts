import { createMapper } from '../../../lambdas/signups/map-signup.ts';
import type { Signup } from '../../../lambdas/signups/signup.ts';
import type { CheckedConfig, CheckedSource, Route } from '../../checks/checked-config.ts';

/** Whose sample is sent, and to whom; and which destinations get none. */
export interface DemoPlan {
  readonly deliveries: readonly DemoDelivery[];
  readonly leftOut: readonly { readonly destination: string; readonly why: string }[];
}

export interface DemoDelivery {
  readonly source: string;
  /** The destinations that are followed; every other one that the source names is simulated, too. */
  readonly destinations: readonly string[];
  /** What the sample becomes for the first of them. */
  readonly signup: Signup;
}

/**
 * Chooses a source's sample for each simulated destination. A source that also sends to a real vendor is never chosen: no vendor gets a
 * signup that nobody made.
 */
export async function planDemo(config: CheckedConfig, simulated: ReadonlySet<string>): Promise<DemoPlan> {
  const deliveries = new Map<string, { source: string; destinations: string[]; signup: Signup }>();
  const leftOut: { destination: string; why: string }[] = [];
  for (const [destination, { url, retired }] of Object.entries(config.destinations)) {
    if (!simulated.has(destination)) {
      leftOut.push({ destination, why: `it is a real vendor, at ${url ?? 'an address of its own'}` });
      continue;
    }
    if (retired) {
      leftOut.push({ destination, why: 'it is retired' });
      continue;
    }
    const choice = await chooseSource(config, destination, simulated);
    if ('why' in choice) {
      leftOut.push({ destination, why: choice.why });
      continue;
    }
    const delivery = deliveries.get(choice.source) ?? { ...choice, destinations: [] };
    delivery.destinations.push(destination);
    deliveries.set(choice.source, delivery);
  }
  return { deliveries: [...deliveries.values()], leftOut };
}

async function chooseSource(
  config: CheckedConfig,
  destination: string,
  simulated: ReadonlySet<string>,
): Promise<{ source: string; signup: Signup } | { why: string }> {
  let why = 'no source sends to it';
  for (const [id, source] of Object.entries(config.sources)) {
    const route = source.to.find((candidate) => candidate.destination === destination);
    if (!route || source.retired) continue;
    const real = source.to.find((candidate) => !simulated.has(candidate.destination));
    if (real) {
      why = `its source ${id} also sends to ${real.destination}, a real vendor`;
      continue;
    }
    const verdict = await trySample(id, source, route);
    if ('signup' in verdict) return { source: id, signup: verdict.signup };
    why = verdict.why;
  }
  return { why };
}

async function trySample(
  id: string,
  source: CheckedSource,
  { when, set }: Route,
): Promise<{ signup: Signup } | { why: string }> {
  if (source.sample === undefined) return { why: `its source ${id} has no sample` };
  const map = createMapper({ accept: source.accept, mapping: source.mapping, when, set });
  const mapped = await map(Buffer.from(JSON.stringify(source.sample)));
  switch (mapped.kind) {
    case 'signup':
      return { signup: mapped.signup };
    case 'ignored':
      return { why: `the sample of ${id} is not for it (\`${mapped.why}\` says so)` };
    case 'rejected':
      return { why: `the sample of ${id} becomes no signup (${mapped.message})` };
  }
}
