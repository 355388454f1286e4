import { describe, expect, test } from 'vitest';
import { retryAfter, statusFailure, unansweredFailure } from '../../lambdas/platforms/http-failure.ts';
import { answered } from './answered.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const failure = (status: number, headers: Record<string, string> = {}) =>
  statusFailure(answered('', status, headers), now);

describe('a status', () => {
  const kinds: [number, string | undefined][] = [
    [199, 'nobody-knows'],
    [200, undefined],
    [201, undefined],
    [204, undefined],
    [299, undefined],
    [300, 'nobody-knows'],
    [301, 'not-done'],
    [302, 'nobody-knows'],
    [303, 'nobody-knows'],
    [304, 'nobody-knows'],
    [307, 'not-done'],
    [308, 'not-done'],
    [400, 'rejected'],
    [401, 'credentials-refused'],
    [403, 'forbidden'],
    [404, 'not-done'],
    [405, 'not-done'],
    [406, 'nobody-knows'],
    [408, 'not-done'],
    [409, 'rejected'],
    [413, 'rejected'],
    [414, 'rejected'],
    [415, 'not-done'],
    [422, 'rejected'],
    [429, 'not-done'],
    [500, 'nobody-knows'],
    [502, 'nobody-knows'],
    [503, 'not-done'],
    [504, 'nobody-knows'],
    [599, 'nobody-knows'],
  ];
  test.each(kinds)('%i is %s', (status, kind) => {
    expect(failure(status)?.kind).toBe(kind);
  });

  test.each([301, 401, 400, 404, 406, 429, 500])('%i is named in what a person reads', (status) => {
    expect(failure(status)?.message).toMatch(new RegExp(`^HTTP ${status}\\b`));
  });

  test('a busy vendor says when to come back', () => {
    expect(failure(503, { 'retry-after': '120' })).toMatchObject({ kind: 'not-done', retryAfterMs: 120_000 });
  });

  test.each([
    ['Bearer realm="scim", error="insufficient_scope", scope="users"', 'credentials-refused'],
    ['Bearer error=insufficient_scope', 'credentials-refused'],
    ['Basic realm="a", Bearer Error = "insufficient_scope"', 'credentials-refused'],
    ['Bearer realm="scim"', 'forbidden'],
    ['Bearer error="insufficient_scopes"', 'forbidden'],
    ['Bearer error_description="insufficient_scope"', 'forbidden'],
  ])('403 with the challenge %s is %s', (challenge, kind) => {
    expect(failure(403, { 'www-authenticate': challenge })).toMatchObject({
      kind,
      message: expect.stringMatching(/^HTTP 403: /),
    });
  });

  test.each([400, 404])('%i says nothing of the token, whatever the challenge', (status) => {
    const challenge = 'Bearer error="insufficient_scope"';
    expect(failure(status, { 'www-authenticate': challenge })?.kind).toBe(failure(status)?.kind);
  });

  test('a redirect names the other host, and nothing of the path', () => {
    const message = failure(308, { location: 'https://new.example/token/?appkey=KEY' })?.message;
    expect(message).toContain('https://new.example;');
    expect(message).not.toContain('KEY');
  });

  test('a redirect to the same host names nothing of the path either', () => {
    expect(failure(308, { location: '/token/?appkey=KEY' })?.message).toContain('points to another path;');
  });
});

describe('Retry-After', () => {
  const values: [string | null, number | undefined][] = [
    ['0', 0],
    [' 7 ', 7000],
    ['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
    ['Sun 22 Nov 2026 12:00:30 GMT', 30_000],
    ['Sunday, 22-Nov-26 12:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    [null, undefined],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999999999999', undefined],
    ['Nov GMT', undefined],
    ['after Sun, 22 Nov 2026 12:00:30 GMT', undefined],
    ['Sun, 22 Nov 2026 12:00:30 GMT-0100', undefined],
  ];
  test.each(values)('%j is %j ms', (header, milliseconds) => {
    expect(retryAfter(header, now)).toBe(milliseconds);
  });
});

test('what was never sent is not done, what was lost nobody knows', () => {
  expect(unansweredFailure({ kind: 'not-sent', message: 'a' })).toEqual({ kind: 'not-done', message: 'a' });
  expect(unansweredFailure({ kind: 'lost', message: 'b' })).toEqual({ kind: 'nobody-knows', message: 'b' });
});
