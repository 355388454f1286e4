import { readdirSync, readFileSync, statSync } from 'node:fs';
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
    : statSync(word, { throwIfNoEntry: false })?.isFile()
      ? readFileSync(word, 'utf8')
      : word;
  const policy = parse(text);
  if (!isObject(policy))
    throw new ToolError(
      `--filter ${JSON.stringify(word)} is no filter. It takes a filter policy of SNS as JSON, such as '{"outcome": ["failed"]}', a file with one, or one of ${names.join(', ')}.`,
    );
  const wrong = Object.entries(policy).find(([, values]) => !isList(values));
  if (wrong !== undefined)
    throw new ToolError(
      `--filter ${JSON.stringify(word)}: ${wrong[0]} must be a list of values, such as '{"outcome": ["failed"]}'.`,
    );
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (json: unknown): json is object => typeof json === 'object' && json !== null && !Array.isArray(json);

const isList = (json: unknown): boolean => Array.isArray(json) && json.length > 0;
