import { isReservedKey, type ParsedText } from './json.ts';

const segmentLimit = 8;
const keyPattern = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

type Fields = Record<string, unknown>;

/**
 * Reads an `application/x-www-form-urlencoded` body: a field that comes several times becomes a list, `a[b]=` an object and `a[]=` a list,
 * as PHP's forms write them. Every value is text. Names that don't look so are taken as they are.
 *
 * @param body the raw bytes, ASCII where the sender kept to the standard
 */
export function parseForm(body: Uint8Array): ParsedText {
  const fields: Fields = Object.create(null);
  const latin1 = Buffer.from(body).toString('latin1');
  let position = 1;
  for (const pair of latin1.split('&')) {
    const problem = pair === '' ? undefined : addPair(fields, pair);
    if (problem !== undefined) return { ok: false, message: problem, position };
    position += pair.length + 1;
  }
  return { ok: true, value: fields };
}

function addPair(fields: Fields, pair: string): string | undefined {
  const equals = pair.indexOf('=');
  const key = decode(equals === -1 ? pair : pair.slice(0, equals));
  const value = decode(equals === -1 ? '' : pair.slice(equals + 1));
  if (key === undefined || value === undefined) return 'is not UTF-8';
  const match = keyPattern.exec(key);
  const path = match === null ? [key] : [match[1] ?? '', ...segmentsOf(match[2] ?? '')];
  if (path.some(isReservedKey)) return 'holds a name that is reserved';
  if (path.length > segmentLimit) return `nests deeper than ${segmentLimit} levels`;
  return put(fields, path, value);
}

const segmentsOf = (brackets: string) => (brackets === '' ? [] : brackets.slice(1, -1).split(']['));

/** Walks to where the value belongs; the prototype-less objects make every key an own one. */
function put(fields: Fields, path: readonly string[], value: string): string | undefined {
  const last = path.at(-1);
  const isList = path.length > 1 && last === '';
  const keys = isList ? path.slice(0, -1) : path;
  let target = fields;
  for (const key of keys.slice(0, -1)) {
    const next = target[key] ?? Object.create(null);
    if (!isFields(next)) return 'uses one name both for a value and for a group of values';
    target[key] = next;
    target = next;
  }
  const key = keys.at(-1) ?? '';
  const before = target[key];
  if (before === undefined) target[key] = isList ? [value] : value;
  else if (isFields(before)) return 'uses one name both for a value and for a group of values';
  else if (Array.isArray(before)) before.push(value);
  else target[key] = [before, value];
  return undefined;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A per cent sign that is no escape stands for itself, as in browsers and PHP. */
function decode(latin1: string): string | undefined {
  const bytes = latin1
    .replaceAll('+', ' ')
    .replaceAll(/%([\da-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return undefined;
  }
}
