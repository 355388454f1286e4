import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { contractFolder } from '../../contract/contract-files.ts';
import { ToolError } from '../tool-error.ts';

const folder = join(contractFolder, 'filters');

/**
 * Reads `--filter`: the name of one of the contract's filters, a JSON text, or a file.
 *
 * @returns an SNS filter policy as JSON
 * @throws ToolError where it is none of these
 */
export function readFilter(word: string): string {
  const names = readdirSync(folder).map((file) => basename(file, '.json'));
  const text = names.includes(word)
    ? readFileSync(join(folder, `${word}.json`), 'utf8')
    : existsSync(word)
      ? readFileSync(word, 'utf8')
      : word;
  if (!isObject(text))
    throw new ToolError(
      `--filter ${JSON.stringify(word)} is no filter. It takes a filter policy of SNS as JSON, such as '{"outcome": ["failed"]}', a file with one, or one of ${names.join(', ')}.`,
    );
  return text;
}

function isObject(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json);
  } catch {
    return false;
  }
}
