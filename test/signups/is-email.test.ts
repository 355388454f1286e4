import { expect, it } from 'vitest';
import { isEmail } from '../../lambdas/signups/is-email.ts';

it.each(['ada@example.com', "o'brien+shop@sub.example.co.uk", 'åda@exämple.com', 'ada@[192.0.2.1]', 'ada@school'])(
  '%s is an e-mail address',
  (text) => {
    expect(isEmail(text)).toBe(true);
  },
);

it.each([
  ['nothing', ''],
  ['no at sign', 'ada'],
  ['two at signs', 'ada@home@example.com'],
  ['nothing on one side', '@example.com'],
  ['a blank', 'ada @example.com'],
  ['a zero-width space', 'ada@example.com\u200b'],
  ['a mark for the direction of writing', '\u202aada@example.com\u202c'],
  ['angle brackets', '<ada@example.com>'],
  ['a comma behind it', 'ada@example.com,'],
  ['a second name', 'ada;bob@example.com'],
])('a text with %s is no e-mail address', (_, text) => {
  expect(isEmail(text)).toBe(false);
});
