import type { RegisteredPlatform } from '../../lambdas/platforms/platform.ts';
import { isDedupePart, signsWebhookId } from '../../lambdas/receive-signup/dedupe-rules.ts';
import type { Preset } from '../presets/preset.ts';
import type { CheckedDestination, CheckedSource, Route } from './checked-config.ts';
import { sourceFields } from './config-schema.ts';
import { type Mistake, rightValue } from './mistakes.ts';

/** What a source is judged against. */
export interface SourceSurroundings {
  readonly presets: Readonly<Record<string, Preset>>;
  readonly platforms: Readonly<Record<string, RegisteredPlatform>>;
  /** Every destination that the file names, as far as it could be read. */
  readonly destinations: Readonly<Record<string, Pick<CheckedDestination, 'platform' | 'roles' | 'retired'>>>;
}

/** One source with its preset merged, and what is wrong with it beyond the shape of its keys. */
export interface SourceVerdict {
  readonly source: CheckedSource | undefined;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly string[];
}

const unsigned = new Set(['static-header', 'basic']);

export function checkSource(
  id: string,
  raw: Readonly<Record<string, unknown>>,
  around: SourceSurroundings,
): SourceVerdict {
  const mistakes: Mistake[] = [];
  const report = (key: string, message: string, ...rest: (string | number)[]) =>
    mistakes.push({ path: ['sources', id, key, ...rest], message });

  const presetName = rightValue(sourceFields.preset, raw.preset);
  const preset = presetName === undefined ? undefined : around.presets[presetName];
  if (presetName !== undefined && preset === undefined)
    report(
      'preset',
      `there is no preset ${JSON.stringify(presetName)}; there are ${Object.keys(around.presets).join(', ')}`,
    );

  const verify = rightValue(sourceFields.verify, raw.verify) ?? preset?.verify;
  const dedupeKey = rightValue(sourceFields.dedupeKey, raw.dedupeKey) ?? preset?.dedupeKey;
  const mapping = rightValue(sourceFields.mapping, raw.mapping) ?? preset?.mapping;
  if (raw.preset === undefined) {
    for (const [key, value] of Object.entries({ verify, dedupeKey, mapping }))
      if (value === undefined) report(key, 'is missing; give it, or name a preset that has it');
  }

  for (const [index, part] of (dedupeKey ?? []).entries()) {
    const message = dedupePartMistake(part, verify?.scheme);
    if (message !== undefined) report('dedupeKey', message, index);
  }

  const to = routesOf(id, raw.to, around, mistakes);
  if (mapping !== undefined) checkMapping(id, mapping, to, around, mistakes);

  const warnings =
    verify !== undefined && unsigned.has(verify.scheme)
      ? [`sources.${id}: ${verify.scheme} proves who sends, not what is sent; prefer a scheme with a signature`]
      : [];
  if (verify === undefined || dedupeKey === undefined || mapping === undefined)
    return { source: undefined, mistakes, warnings };
  return {
    source: {
      preset: presetName,
      verify,
      dedupeKey,
      accept: rightValue(sourceFields.accept, raw.accept) ?? preset?.accept,
      mapping,
      sample: raw.sample ?? preset?.sample,
      to,
      quietAfterMs: rightValue(sourceFields.quietAfter, raw.quietAfter),
      retired: raw.retired === true,
    },
    mistakes,
    warnings,
  };
}

function dedupePartMistake(part: string, scheme: string | undefined): string | undefined {
  if (!isDedupePart(part)) return 'must be `webhook-id`, `body`, or a JSON Pointer such as /id';
  if (part !== 'webhook-id' || scheme === undefined || signsWebhookId(scheme)) return undefined;
  return `webhook-id is not signed under ${scheme}; use a JSON Pointer into the body, such as /id`;
}

function routesOf(id: string, raw: unknown, around: SourceSurroundings, mistakes: Mistake[]): Route[] {
  const path = ['sources', id, 'to'];
  const every = Object.entries(around.destinations);
  const active = every.filter(([, destination]) => !destination.retired);
  if (raw === undefined) {
    if (active.length > 1)
      mistakes.push({
        path,
        message: `is missing; say which of ${active.map(([name]) => name).join(', ')} get its signups`,
      });
    // A retired destination still works on what came by this source.
    return every.map(([destination]) => ({ destination, when: undefined, set: {} }));
  }
  const routes = (rightValue(sourceFields.to, raw) ?? []).map(
    (route): Route =>
      typeof route === 'string'
        ? { destination: route, when: undefined, set: {} }
        : { destination: route.destination, when: route.when, set: route.set ?? {} },
  );
  for (const [index, { destination }] of routes.entries()) {
    if (around.destinations[destination] === undefined)
      mistakes.push({ path: [...path, index], message: `there is no destination ${JSON.stringify(destination)}` });
    else if (routes.findIndex((route) => route.destination === destination) < index)
      mistakes.push({
        path: [...path, index],
        message: `${destination} is named twice; join the two with \`or\` in one \`when\``,
      });
  }
  if (routes.length > 0 && routes.every(({ destination }) => around.destinations[destination]?.retired === true))
    mistakes.push({
      path,
      message: 'every destination that it names is retired; name another, or retire the source too',
    });
  return routes;
}

function checkMapping(
  id: string,
  mapping: Readonly<Record<string, string>>,
  routes: readonly Route[],
  around: SourceSurroundings,
  mistakes: Mistake[],
): void {
  for (const field of ['email', 'firstName', 'lastName'])
    if (mapping[field] === undefined && !(routes.length > 0 && routes.every(({ set }) => field in set)))
      mistakes.push({
        path: ['sources', id, 'mapping', field],
        message: "is missing; a source's mapping replaces its preset's whole",
      });

  for (const [index, { destination, set }] of routes.entries()) {
    const target = around.destinations[destination];
    const platform = around.platforms[target?.platform ?? ''];
    const path = ['sources', id, 'to', index, 'set'];
    if (target !== undefined && typeof set.role === 'string' && !target.roles.some((role) => role === set.role))
      mistakes.push({
        path: [...path, 'role'],
        message: `${destination} gives no ${set.role}; add it to the destination's roles`,
      });
    if (platform === undefined || platform.settings.canRegister) continue;
    if (Array.isArray(set.offerings) ? set.offerings.length > 0 : set.offerings !== undefined)
      mistakes.push({
        path: [...path, 'offerings'],
        message: `${platform.settings.title} has no call that registers for offerings; remove them`,
      });
    else if (set.offerings === undefined && mapping.offerings !== undefined)
      mistakes.push({
        path: ['sources', id, 'mapping', 'offerings'],
        message: `${destination} is on ${platform.settings.title}, which has no call that registers for offerings; remove them, or route with "set": {"offerings": []}`,
      });
  }
}
