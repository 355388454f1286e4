import { readFileSync } from 'node:fs';
import type { GivenSecrets } from '../../local/local-secrets.ts';
import { ToolError } from '../tool-error.ts';

const shape = '{"sources/ID": {"keys": ["…"]}, "destinations/ID": {…}}';

/** @throws ToolError where the file can't be read or is no JSON; it repeats nothing of the content */
export function readSecretsFile(file: string): GivenSecrets {
  const text = read(file);
  try {
    return { file, json: JSON.parse(text) };
  } catch {
    throw new ToolError(`${file} is no JSON. It must look like ${shape}.`);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : String(error);
    throw new ToolError(`${file} can't be read (${why}). --secrets wants a file like ${shape}.`);
  }
}
