import type { CheckedConfig } from '../../checks/checked-config.ts';
import { ToolError } from '../tool-error.ts';
import { type StageSecret, stageSecrets } from './stage-secret.ts';

/** Finds a secret by `sources/shop`, or by `shop` where only one is called so. @throws ToolError naming what there is */
export function namedSecret(word: string | undefined, config: CheckedConfig): StageSecret {
  const all = stageSecrets(config);
  const [found, ...others] = all.filter(({ name, of }) => name === word || of === word);
  if (found !== undefined && others.length === 0) return found;
  const names = all.map(({ name }) => name).join(', ');
  throw new ToolError(
    found === undefined
      ? `${word === undefined ? 'Which secret?' : `${word} is no secret.`} There are ${names}`
      : `${word} is a source and a destination: say sources/${word} or destinations/${word}`,
  );
}
