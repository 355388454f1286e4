import type { RegisteredPlatform } from '../../../lambdas/platforms/registered.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import type { Asker } from '../ask.ts';
import { makeSourceKey } from '../make-source-key.ts';
import { ToolError } from '../tool-error.ts';
import type { StageSecret } from './stage-secret.ts';

const registered: Readonly<Record<string, RegisteredPlatform>> = platforms;

/** A key of a source, and whether it was made here: then the sender has yet to be told. */
export interface AskedKey {
  readonly key: string;
  readonly made: boolean;
}

/** Asks for a source's key as its sender shows it; with an empty answer one is made in the spelling that the scheme wants. */
export async function askKey(secret: StageSecret, config: CheckedConfig, asker: Asker): Promise<AskedKey> {
  const verify = config.sources[secret.of]?.verify;
  if (verify === undefined) throw new ToolError(`${secret.of} is no source`);
  const typed = await asker.hidden(
    `${secret.name}: the key, if its sender shows you one; press Enter to have one made: `,
  );
  const key = typed === '' ? makeSourceKey(verify) : typed;
  assertRight(secret, { keys: [key] });
  return { key, made: typed === '' };
}

/** Asks for a destination's credentials, key by key. */
export async function askCredentials(secret: StageSecret, config: CheckedConfig, asker: Asker): Promise<unknown> {
  const { platform = '' } = config.destinations[secret.of] ?? {};
  const settings = registered[platform]?.settings;
  if (settings === undefined) throw new ToolError(`${secret.of} is on a platform that is not known`);
  const value: Record<string, string> = {};
  for (const key of settings.secretKeys)
    value[key] = await asker.hidden(`${secret.name}: ${key} at ${settings.title}: `);
  assertRight(secret, value);
  return value;
}

function assertRight(secret: StageSecret, value: unknown): void {
  const judgement = secret.judge(value);
  if (judgement.kind === 'filled') return;
  const problem = judgement.kind === 'wrong' ? judgement.problem : 'is empty';
  throw new ToolError(`${secret.name}: ${problem}. Nothing was changed.`);
}
