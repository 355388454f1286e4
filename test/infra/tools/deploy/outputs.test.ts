import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lastOutputs, outputsFile } from '../../../../infra/tools/deploy/outputs.ts';

it('knows what a stage’s deployment wrote down also after another stage was deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matriculate-outputs-'));
  for (const stage of ['qa', 'prod'])
    writeFileSync(outputsFile(stage, folder), JSON.stringify({ [`matriculate-${stage}`]: { ApiUrl: stage } }));
  expect(lastOutputs('qa', folder)).toEqual({ 'matriculate-qa': { ApiUrl: 'qa' } });
  expect(lastOutputs('prod', folder)).toEqual({ 'matriculate-prod': { ApiUrl: 'prod' } });
  expect(lastOutputs('dev', folder)).toBeUndefined();
});
