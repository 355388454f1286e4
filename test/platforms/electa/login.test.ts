import { describe, expect, test } from 'vitest';
import { judgeLogin } from '../../../lambdas/platforms/electa/login.ts';
import { settings as electa } from '../../../lambdas/platforms/electa/settings.ts';
import type { LoginResult } from '../../../lambdas/platforms/platform.ts';
import type { VendorReply } from '../../../lambdas/platforms/vendor-http.ts';
import { answered } from '../answered.ts';

const judge = (reply: VendorReply) => judgeLogin(reply, electa.schema.parse({}), 'the key', 0);
const reply = (code: string, ...texts: string[]) =>
  `<r><ResponseCode>${code}</ResponseCode>${texts.map((text) => `<ResponseData>${text}</ResponseData>`).join('')}</r>`;

test('a login that got no answer was not done where it was never sent, and else nobody knows', () => {
  expect(judge({ kind: 'not-sent', message: 'a' })).toEqual({ kind: 'not-done', message: 'a' });
  expect(judge({ kind: 'lost', message: 'b' })).toEqual({ kind: 'nobody-knows', message: 'b' });
});

describe('a token', () => {
  test.each(['12345678', ' 9C467079-FE3B\n', '~'.repeat(128)])('is %j', (text) => {
    expect(judge(answered(reply('0', text)))).toEqual({ kind: 'token', token: text.trim(), livesMs: 19 * 60_000 });
  });

  test.each(['1234567', '~'.repeat(129), 'two words', 'é12345678', '12345678é'])('is not %j', (text) => {
    expect(judge(answered(reply('0', text)))).toMatchObject({ kind: 'nobody-knows' });
  });

  test('is not one of two', () => {
    expect(judge(answered(reply('0', '12345678', '87654321')))).toMatchObject({ kind: 'nobody-knows' });
  });

  test('is none with the status of a failure', () => {
    expect(judge(answered(reply('0', '12345678'), 500))).toMatchObject({ kind: 'nobody-knows' });
  });
});

describe('a refusal', () => {
  const meanings: [string, LoginResult['kind']][] = [
    ['temporarily unavailable', 'not-done'],
    ['API access is locked', 'nobody-knows'],
    ['Invalid Account or Application Key. Account will be locked after 5 attempts', 'credentials-refused'],
    ['Your account will be locked', 'credentials-refused'],
    ['Your domain is blocked', 'credentials-refused'],
    ['locked', 'credentials-refused'],
    ['Invalid Account', 'credentials-refused'],
    ['User exists', 'credentials-refused'],
    ['Nope', 'credentials-refused'],
  ];
  test.each(meanings)('"%s" is sorted as %s, in the vendor’s words', (text, kind) => {
    expect(judge(answered(reply('9', text)))).toEqual({ kind, message: `${text} (code 9)` });
  });

  test.each([429, 503])('with status %i was not done, whatever it says', (status) => {
    expect(judge(answered(reply('9', 'Nope'), status)).kind).toBe('not-done');
  });
});

describe('a reply that says nothing, with status', () => {
  const statuses: [number, LoginResult['kind']][] = [
    [200, 'nobody-knows'],
    [400, 'credentials-refused'],
    [401, 'credentials-refused'],
    [403, 'credentials-refused'],
    [404, 'not-done'],
    [500, 'nobody-knows'],
  ];
  test.each(statuses)('%i is %s', (status, kind) => {
    for (const body of ['<html>', '<html></html>']) expect(judge(answered(body, status)).kind).toBe(kind);
  });
});
