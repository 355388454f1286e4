import { isRecord } from '../../signups/is-record.ts';
import { textAt } from '../text-at.ts';

/**
 * What the vendor says of a refusal, on one line: validation errors (DigitalChalk API v5, Create a New User, Failure Cases), and OAuth's (RFC 6749, 5.2).
 * The empty string where it says nothing.
 */
export function errorWords(body: unknown): string {
  if (!isRecord(body)) return '';
  const { errors, fieldErrors } = body;
  const fields = isRecord(fieldErrors) ? Object.entries(fieldErrors) : [];
  const words: unknown[] = [
    ...(Array.isArray(errors) ? errors : []),
    ...fields.map(([field, text]) => (typeof text === 'string' ? `${field}: ${text}` : '')),
    textAt(body, 'error_description') || textAt(body, 'error'),
  ];
  return words.filter((each) => typeof each === 'string' && each.trim() !== '').join('; ');
}
