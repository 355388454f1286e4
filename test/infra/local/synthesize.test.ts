import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { synthesize } from '../../../infra/local/synthesize.ts';
import { makeWorkFolder } from '../../../infra/local/work-folder.ts';

const config = checkConfig(
  {
    sources: { shop: { preset: 'standard-webhooks' } },
    destinations: { classroom: { platform: 'electa', credentials: 'discard' } },
  },
  { stage: 'dev', file: 'dev.json', stages: [], simulated: true },
);

test('what keeps a stack from being synthesized is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const synthesis = synthesize({
    configs: [config],
    outdir: join(folder, 'cdk.out'),
    stagesFolder: join(folder, 'stages'),
    bundles: join(folder, 'no-such-folder'),
    bundling: false,
  });
  await expect(synthesis).rejects.toThrow(/can't be synthesized:[\s\S]*no-such-folder/);
});

test('a work folder is made for each stack; what a process that is gone has left is swept away, and nothing else', () => {
  const directory = mkdtempSync(join(tmpdir(), 'work-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const first = makeWorkFolder(directory);
  const gone = mkdtempSync(join(directory, 'stack-999999999-'));
  const second = makeWorkFolder(directory);
  const left = readdirSync(directory).map((name) => join(directory, name));
  expect(left.toSorted()).toEqual([first.path, second.path].toSorted());
  expect(left).not.toContain(gone);
  first.remove();
  expect(readdirSync(directory)).toHaveLength(1);
});
