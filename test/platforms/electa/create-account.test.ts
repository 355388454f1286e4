import { describe, expect, test } from 'vitest';
import { judgeCreate } from '../../../lambdas/platforms/electa/create-account.ts';
import { settings as electa } from '../../../lambdas/platforms/electa/settings.ts';
import type { AccountResult } from '../../../lambdas/platforms/platform.ts';
import type { VendorReply } from '../../../lambdas/platforms/vendor-http.ts';
import { answered } from '../answered.ts';
import { signupWith } from '../vendor-call.ts';

const settings = electa.schema.parse({});
const judge = (reply: VendorReply) => judgeCreate(reply, { signup: signupWith(), settings, secrets: [], now: 0 });
const refusal = (text: string) => `<r><ResponseCode>9</ResponseCode><Message>${text}</Message></r>`;

test('a call that got no answer was not done where it was never sent, and else nobody knows', () => {
  expect(judge({ kind: 'not-sent', message: 'a' })).toEqual({ kind: 'not-done', message: 'a' });
  expect(judge({ kind: 'lost', message: 'b' })).toEqual({ kind: 'nobody-knows', message: 'b' });
});

describe('a refusal', () => {
  const meanings: [string, AccountResult['kind'], number | undefined][] = [
    ['User exists', 'duplicate', undefined],
    ['Invalid Token', 'token-refused', undefined],
    ['API access is locked', 'not-done', 900_000],
    ['The service is under maintenance', 'not-done', undefined],
    ['Invalid Account or Application Key', 'token-refused', undefined],
    ['Invalid Account Type', 'token-refused', undefined],
    ['The email domain is blocked', 'rejected', undefined],
    ['Too many characters in Zip', 'rejected', undefined],
    ['Missing parameter', 'rejected', undefined],
  ];
  test.each(meanings)('"%s" is sorted as %s, in the vendor’s words', (text, kind, retryAfterMs) => {
    const result = judge(answered(refusal(text)));
    expect(result).toMatchObject({ kind, message: `${text} (code 9)` });
    expect('retryAfterMs' in result ? result.retryAfterMs : undefined).toBe(retryAfterMs);
  });

  test.each([429, 503])('with status %i was not done, whatever it says', (status) => {
    expect(judge(answered(refusal('User exists'), status, { 'retry-after': '7' }))).toMatchObject({
      kind: 'not-done',
      retryAfterMs: 7_000,
    });
  });
});

describe('a reply that says nothing, with status', () => {
  const statuses: [number, AccountResult['kind']][] = [
    [200, 'nobody-knows'],
    [401, 'not-done'],
    [403, 'not-done'],
    [404, 'not-done'],
    [400, 'rejected'],
    [500, 'nobody-knows'],
  ];
  test.each(statuses)('%i is %s', (status, kind) => {
    for (const body of ['<html>', '<html></html>']) expect(judge(answered(body, status)).kind).toBe(kind);
  });
});
