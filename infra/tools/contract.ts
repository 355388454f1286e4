import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { contractFiles, contractFolder } from '../contract/contract-files.ts';
import { contractVersion } from '../contract/event-types.ts';
import { runTool, ToolError } from './tool-error.ts';

/** `npm run contract`: writes the events' JSON Schemas, examples and AsyncAPI document anew, after the event or its examples were changed. */
await runTool(async () => {
  const files = contractFiles();
  for (const [path, json] of files) if (path.startsWith('released/')) assertUnchanged(path, json);
  rmSync(join(contractFolder, 'v1'), { recursive: true, force: true });
  for (const [path, json] of files) {
    const file = join(contractFolder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(json));
  }
  const folders = ['v1', 'released'].map((folder) => join(contractFolder, folder));
  execFileSync(join(import.meta.dirname, '../../node_modules/.bin/biome'), ['format', '--write', ...folders]);
  console.log(`${files.size} files in ${contractFolder}, version ${contractVersion}`);
  return true;
});

/** @throws ToolError where a version was given out already and now says something else */
function assertUnchanged(path: string, json: unknown): void {
  const released = readIfThere(join(contractFolder, path));
  if (released !== undefined && !isDeepStrictEqual(released, json))
    throw new ToolError(
      `the schemas are not those of version ${contractVersion} any more (${path}): raise contractVersion in infra/contract/event-types.ts`,
    );
}

function readIfThere(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
