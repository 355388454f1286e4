import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../cdk.out');

/** Where a deployment writes its stack's outputs: a file for each stage, because the CDK writes it anew with what it has just deployed. */
export const outputsFile = (stage: string, within: string = folder): string => join(within, `outputs-${stage}.json`);

/** What the stage's last deployment from this folder wrote down, as parsed JSON; undefined, if there was none. */
export function lastOutputs(stage: string, within: string = folder): unknown {
  try {
    return JSON.parse(readFileSync(outputsFile(stage, within), 'utf8'));
  } catch {
    return undefined;
  }
}
