import { createMapper, type Mapped } from '../../lambdas/signups/map-signup.ts';
import type { CheckedConfig, CheckedSource, Route } from '../checks/checked-config.ts';
import { dedupeProblem } from '../checks/try-samples.ts';
import type { PayloadToSend } from './read-deliveries.ts';

export interface MappingReport {
  readonly text: string;
  /** Whether every destination either gets a signup or ignores the payload on purpose. */
  readonly ok: boolean;
}

/** Says what a payload becomes at each of the source's destinations, or why it becomes nothing. A password is not shown. */
export async function reportMapping(
  { destinations }: Pick<CheckedConfig, 'destinations'>,
  source: CheckedSource,
  payload: PayloadToSend,
): Promise<MappingReport> {
  const dedupe = dedupeProblem(source, payload.body);
  const sections = await Promise.all(
    source.to.map(async (route) => {
      const { accept, mapping } = source;
      const map = createMapper({ accept, mapping, when: route.when, set: route.set });
      return describeRoute(route, await map(payload.body), source, destinations[route.destination]?.roles ?? []);
    }),
  );
  const text = [
    ...(dedupe === undefined ? [] : [`rejected everywhere: ${dedupe}`]),
    ...sections.map((section) => section.text),
  ];
  return { text: text.join('\n'), ok: dedupe === undefined && sections.every((section) => section.ok) };
}

function describeRoute(
  { destination, when }: Route,
  mapped: Mapped,
  { accept }: CheckedSource,
  roles: readonly string[],
): MappingReport {
  switch (mapped.kind) {
    case 'rejected':
      return { text: `${destination}: rejected: ${mapped.message}`, ok: false };
    case 'ignored': {
      const filter = mapped.why === 'accept' ? accept : when;
      return { text: `${destination}: ignored, since this is false: ${mapped.why}: ${filter}`, ok: true };
    }
    case 'signup': {
      const { signup } = mapped;
      const shown = { ...signup, ...(signup.password === undefined ? {} : { password: '(not shown)' }) };
      const text = `${destination}: ${JSON.stringify(shown, null, 2)}`;
      if (roles.includes(signup.role)) return { text, ok: true };
      return {
        text: `${text}\n${destination}: rejected: role: ${signup.role} is not among the destination's roles`,
        ok: false,
      };
    }
  }
}
