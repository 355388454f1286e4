import { z } from 'zod';
import type { RegisteredPlatform } from '../../../lambdas/platforms/registered.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';
import { isUnfilled } from '../../../lambdas/provision-user/unfilled.ts';
import { verifierFor } from '../../../lambdas/receive-signup/verify/schemes.ts';
import { readStatusSecret } from '../../../lambdas/signups/status-key.ts';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import { mistakesOf, showMistake } from '../../checks/mistakes.ts';
import * as names from '../../constructs/names.ts';

/** What is right or wrong with a secret's value, in words that repeat nothing of it. */
export type Judgement =
  | { readonly kind: 'filled'; readonly note: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'wrong'; readonly problem: string };

/** One of a stage's secrets. */
export interface StageSecret {
  /** As people name it: `sources/shop`, `destinations/classroom`, `status`, `ledger`. */
  readonly name: string;
  /** Its name in Secrets Manager. */
  readonly secretId: string;
  readonly kind: 'source' | 'destination' | 'generated';
  /** The source's or destination's id. */
  readonly of: string;
  /** @param value the parsed JSON */
  readonly judge: (value: unknown) => Judgement;
}

const registered: Readonly<Record<string, RegisteredPlatform>> = platforms;
const keysSchema = z.strictObject({ keys: z.array(z.string()) });

/** Below this, a key of a sender who chose it freely can be guessed. */
const shortBytes = 16;

/** Every secret of a stage: the sources', the destinations', and the two that are generated. */
export const stageSecrets = (config: CheckedConfig): readonly StageSecret[] => [
  ...Object.entries(config.sources).map(
    ([id, { verify }]): StageSecret => ({
      name: `sources/${id}`,
      secretId: names.sourceSecretName(config.stage, id),
      kind: 'source',
      of: id,
      judge: filled((value) => judgeKeys(value, verify)),
    }),
  ),
  ...Object.entries(config.destinations).map(
    ([id, { platform }]): StageSecret => ({
      name: `destinations/${id}`,
      secretId: names.destinationSecretName(config.stage, id),
      kind: 'destination',
      of: id,
      judge: filled((value) => judgeCredentials(value, platform)),
    }),
  ),
  generated('status', names.statusSecretName(config.stage)),
  generated('ledger', names.ledgerSecretName(config.stage)),
];

const generated = (name: string, secretId: string): StageSecret => ({
  name,
  secretId,
  kind: 'generated',
  of: name,
  judge: filled((value) => {
    try {
      readStatusSecret(value);
      return { kind: 'filled', note: 'generated' };
    } catch {
      return { kind: 'wrong', problem: 'holds no {"key": "…"} of 16 characters or more' };
    }
  }),
});

const filled =
  (judge: (value: unknown) => Judgement) =>
  (value: unknown): Judgement =>
    isUnfilled(value) ? { kind: 'empty' } : judge(value);

function judgeKeys(value: unknown, verify: CheckedConfig['sources'][string]['verify']): Judgement {
  const read = keysSchema.safeParse(value);
  if (!read.success) return { kind: 'wrong', problem: 'does not hold {"keys": ["…"]}' };
  if (read.data.keys.length === 0) return { kind: 'empty' };
  const readings = read.data.keys.map((key) => verifierFor(verify).readKey(key));
  const problems = readings.flatMap((reading, index) =>
    'problem' in reading ? [`key ${index + 1} ${reading.problem}`] : [],
  );
  if (problems.length > 0) return { kind: 'wrong', problem: `${problems.join('; ')} (the scheme is ${verify.scheme})` };
  const isShort = readings.some((reading) => 'bytes' in reading && reading.bytes.byteLength < shortBytes);
  const count = readings.length === 1 ? '1 key' : `${readings.length} keys`;
  return {
    kind: 'filled',
    note: isShort ? `${count}, one of which is short: under ${shortBytes} bytes it can be guessed` : count,
  };
}

function judgeCredentials(value: unknown, platform: string): Judgement {
  const settings = registered[platform]?.settings;
  if (settings === undefined) return { kind: 'wrong', problem: `is of a platform that is not known: ${platform}` };
  const read = z.safeParse(settings.secretSchema, value, { reportInput: true });
  if (read.success) return { kind: 'filled', note: settings.secretKeys.join(', ') };
  return { kind: 'wrong', problem: mistakesOf(read.error.issues).map(showMistake).join('; ') };
}
