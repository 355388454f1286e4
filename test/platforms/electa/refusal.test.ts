import { describe, expect, test } from 'vitest';
import { meaningOf, type RefusalMeaning, refusalWords } from '../../../lambdas/platforms/electa/refusal.ts';
import { settings as electa } from '../../../lambdas/platforms/electa/settings.ts';

const refusal = (text: string, code = '9') => ({ kind: 'refused', code, text }) as const;
const known = (refusals: unknown) => electa.schema.parse({ refusals }).refusals;

describe('by default a refusal means', () => {
  const texts: [string, RefusalMeaning][] = [
    ['The email address already exists', 'emailExists'],
    ['This EMAIL is already in use', 'emailExists'],
    ['User exists', 'emailExists'],
    ['Duplicate email', 'emailExists'],
    ['Invalid Token', 'tokenNotValid'],
    ['Your token has expired', 'tokenNotValid'],
    ['API access is locked for 15 minutes', 'locked'],
    ['Too many failed logins', 'locked'],
    ['Invalid Account or Application Key', 'invalidCredentials'],
    ['Too many failed attempts', 'locked'],
    ['Your account has been locked and will be unlocked in 15 minutes', 'locked'],
    ['Locked: Invalid Account or Application Key', 'invalidCredentials'],
    ['Invalid Account or Application Key. Account will be locked after 5 attempts', 'invalidCredentials'],
    ['Invalid Account or Application Key. Account is locked for 15 minutes', 'invalidCredentials'],
    ['Wrong key. After 5 failed logins API access is locked for 15 minutes', 'invalidCredentials'],
    ['Wrong key. 2 attempts before your account is locked', 'invalidCredentials'],
    ['Wrong key. 3 attempts left', 'invalidCredentials'],
    ['Too many requests', 'temporary'],
    ['The email domain is blocked', 'other'],
    ['Too many characters in Zip', 'other'],
    ['The service is temporarily unavailable', 'temporary'],
    ['The email domain does not exist', 'other'],
    ['Email is not registered', 'other'],
    ['Invalid email address', 'other'],
    ['', 'other'],
  ];
  test.each(texts)('%j: %s', (text, meaning) => {
    expect(meaningOf(refusal(text), known({}))).toBe(meaning);
  });
});

describe('a pattern', () => {
  const patterns: [string, string, boolean][] = [
    ['b*a', 'a, then b', false],
    ['b*a', 'b, then A', true],
    ['aa*aa', 'aaa', false],
    ['mail*', 'E-Mail', true],
    ['(.*)+$', 'anything', false],
    ['code:17', 'whatever', true],
    ['code: 17 ', 'whatever', true],
    ['code:1', 'code:1', false],
  ];
  test.each(patterns)('%j on %j: %s', (pattern, text, matches) => {
    const settings = known({ emailExists: [pattern] });
    expect(meaningOf(refusal(text, '17'), settings)).toBe(matches ? 'emailExists' : 'other');
  });
});

test("the words are the vendor's with its code, or its code alone", () => {
  expect(refusalWords(refusal('No'), [])).toBe('No (code 9)');
  expect(refusalWords(refusal(''), [])).toBe('error code 9');
});
