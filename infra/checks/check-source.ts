import { isDeepStrictEqual } from 'node:util';
import { isDedupePart, signsWebhookId } from '../../lambdas/receive-signup/dedupe-rules.ts';
import type { Preset } from '../presets/preset.ts';
import { mappingMistakes, type RouteSurroundings, readRoutes } from './check-routes.ts';
import type { CheckedSource } from './checked-config.ts';
import { sourceFields } from './config-schema.ts';
import { type Mistake, rightValue } from './mistakes.ts';
import { named, record } from './record.ts';

/** One source with its preset merged, and what is wrong with it beyond the shape of its keys. */
export interface SourceVerdict {
  readonly source: CheckedSource | undefined;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly string[];
}

const unsigned = new Set(['static-header', 'basic']);

/** Merges a source with its preset, and judges it among the destinations. */
export function checkSource(
  id: string,
  raw: Readonly<Record<string, unknown>>,
  { presets, ...around }: RouteSurroundings & { readonly presets: Readonly<Record<string, Preset>> },
): SourceVerdict {
  const mistakes: Mistake[] = [];
  const report = (key: string, message: string, ...rest: (string | number)[]) =>
    mistakes.push({ path: ['sources', id, key, ...rest], message });

  const presetName = rightValue(sourceFields.preset, raw.preset);
  const preset = presetName === undefined ? undefined : named(presets, presetName);
  if (presetName !== undefined && preset === undefined)
    report('preset', `there is no preset ${JSON.stringify(presetName)}; there are ${Object.keys(presets).join(', ')}`);

  const verify = rightValue(sourceFields.verify, raw.verify) ?? preset?.verify;
  const dedupeKey = rightValue(sourceFields.dedupeKey, raw.dedupeKey) ?? preset?.dedupeKey;
  const accept = rightValue(sourceFields.accept, raw.accept) ?? preset?.accept;
  const mapping = raw.mapping === undefined ? preset?.mapping : texts(raw.mapping);
  if (raw.preset === undefined) {
    for (const [key, value] of Object.entries({ verify, dedupeKey, mapping }))
      if (value === undefined) report(key, 'is missing; give it, or name a preset that has it');
  }

  for (const [index, part] of (dedupeKey ?? []).entries()) {
    const message = dedupePartMistake(part, verify?.scheme);
    if (message !== undefined) report('dedupeKey', message, index);
  }

  const isRetired = raw.retired === true;
  const to = readRoutes(id, raw.to, { ...around, isRetired });
  mistakes.push(...to.mistakes);
  if (mapping !== undefined) mistakes.push(...mappingMistakes(id, mapping, to.routes, around));

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
      accept,
      mapping,
      sample: raw.sample ?? preset?.sample,
      sampleIsOwn: raw.sample !== undefined && !isDeepStrictEqual(raw.sample, preset?.sample),
      sampleFits: raw.sample !== undefined || (raw.mapping === undefined && raw.accept === undefined),
      to: to.routes,
      quietAfterMs: rightValue(sourceFields.quietAfter, raw.quietAfter),
      retired: isRetired,
    },
    mistakes,
    warnings,
  };
}

function dedupePartMistake(part: string, scheme: string | undefined): string | undefined {
  if (!isDedupePart(part)) return 'must be `webhook-id`, `body`, or a JSON Pointer such as /id';
  if (part !== 'webhook-id' || scheme === undefined || signsWebhookId(scheme)) return undefined;
  return scheme === 'hmac'
    ? 'webhook-id can tell deliveries apart under standard-webhooks only, which says what it looks like; use a JSON Pointer into the body, such as /id'
    : `webhook-id is not signed under ${scheme}; use a JSON Pointer into the body, such as /id`;
}

/** A mapping in which something is wrong still says which fields it fills. */
const texts = (raw: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record(raw)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
