import { isRecord } from '../signups/is-record.ts';

/** A text in a vendor's JSON, by its name; the empty string where there is none. By hand, for zod's `catch` brings 9 KB of its own. */
export function textAt(body: unknown, name: string): string {
  const value = isRecord(body) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
}
