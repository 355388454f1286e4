import { isDeepStrictEqual } from 'node:util';
import type { Recipient } from '../../../lambdas/signups/sealing.ts';
import { record } from '../../checks/record.ts';
import { addMember, findObject, splice } from './json-text.ts';

/** The kids of a recipient's keys in a config. */
export function kidsOf(configText: string, id: string): string[] {
  const keys: readonly unknown[] = [record(record(JSON.parse(configText)).recipients)[id] ?? []].flat();
  return keys.map((key) => String(record(key).kid));
}

/**
 * A config's text with one more key of a recipient: alone for the first, in a list with those before it. Nothing else changes, not even white
 * space.
 *
 * @throws Error where anything else would change
 */
export function addPublicHalf(configText: string, id: string, key: Recipient): string {
  const text = write(configText, id, key);
  const { recipients: before, ...rest } = record(JSON.parse(configText));
  const { recipients: after, ...others } = record(JSON.parse(text));
  const expected = { ...record(before), [id]: record(after)[id] };
  if (!isDeepStrictEqual(rest, others) || !isDeepStrictEqual(expected, after) || !kidsOf(text, id).includes(key.kid))
    throw new Error('the config would have been changed elsewhere, too');
  return text;
}

function write(text: string, id: string, key: Recipient): string {
  const line = `{ ${Object.entries(key)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(', ')} }`;
  const recipients = findObject(text, ['recipients']);
  if (recipients === undefined) {
    const whole = findObject(text, []);
    if (whole === undefined) throw new Error('the config is no JSON object');
    return addMember(text, whole, 'recipients', `{ ${JSON.stringify(id)}: ${line} }`);
  }
  const present = recipients.members.get(id);
  if (present === undefined) return addMember(text, recipients, id, line);
  const keys = text.slice(present.start, present.end);
  return splice(text, present, withKey(keys, line));
}

/** A recipient's keys, a list or one alone, with one more. */
function withKey(keys: string, line: string): string {
  if (!keys.startsWith('[')) return `[${keys}, ${line}]`;
  const inner = keys.slice(1, -1);
  if (inner.trim() === '') return line;
  const [indentation = ' '] = /^\s*/.exec(inner) ?? [];
  return `[${inner.trimEnd()},${indentation === '' ? ' ' : indentation}${line}${/\s*$/.exec(inner)?.[0] ?? ''}]`;
}
