import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { safeParse } from 'zod/mini';
import { verifySchema } from '../../lambdas/receive-signup/config.ts';
import { isDedupePart, signsWebhookId } from '../../lambdas/receive-signup/dedupe-rules.ts';

const hmac = (form: object) => {
  const result = safeParse(verifySchema, { scheme: 'hmac', header: 'x-signature', ...form });
  return result.success ? 'right' : result.error.issues.map(({ message }) => message).join('; ');
};

test('a generic scheme needs no more than its header', () => {
  expect(safeParse(verifySchema, { scheme: 'hmac', header: 'X-Signature' }).data).toEqual({
    scheme: 'hmac',
    header: 'X-Signature',
    pattern: '{signature}',
    hash: 'sha256',
    encoding: 'hex',
    keyEncoding: 'text',
    message: '{body}',
    toleranceSeconds: 300,
  });
});

test.each([
  { pattern: 'sha1={signature}', hash: 'sha1' },
  { pattern: 't={timestamp},v1={signature}', message: '{timestamp}.{body}' },
  { pattern: 'v0={signature}', message: 'v0:{timestamp}:{body}', timestampHeader: 'X-Request-Timestamp' },
  { message: '{header:X-Event-Id}.{body}' },
  { toleranceSeconds: 3600 },
  { pattern: '{timestamp}-{signature}', message: '{timestamp}{body}' },
  { pattern: '{timestamp}_{signature}', encoding: 'base64', message: '{timestamp}{body}' },
  { message: '{body}\n{header:X-Event-Id}' },
])('%j is right', (form) => {
  expect(hmac(form)).toBe('right');
});

test.each([
  [{ pattern: 'sha256' }, 'pattern must hold {signature} once'],
  [{ pattern: '{signature},{signature}' }, 'pattern must hold {signature} once'],
  [{ pattern: '{timestamp},{timestamp},{signature}', message: '{timestamp}{body}' }, '{timestamp} at most once'],
  [{ pattern: '{signature} {key}' }, 'no placeholders but {signature} and {timestamp}'],
  [{ pattern: '{timestamp}{signature}', message: '{timestamp}{body}' }, 'something between'],
  [{ message: '{header:X-Id}{body}' }, 'needs a text between {header:NAME} and'],
  [{ message: '{body}{header:X-Id}' }, 'needs a text between {header:NAME} and'],
  [{ message: '{header:X-Id}{header:X-Time}.{body}' }, 'needs a text between {header:NAME} and'],
  ...(
    [
      ['-', 'base64url'],
      ['_', 'base64url'],
      ['=', 'base64url'],
      ['+', 'base64'],
      ['=v1=', 'base64'],
      ['/', 'base64'],
      ['e', 'hex'],
      ['E', 'hex-uppercase'],
      ['v1=', 'base64'],
      ['1', 'hex'],
    ] as const
  ).map(([between, encoding]): [object, string] => [
    { pattern: `{timestamp}${between}{signature}`, encoding, message: '{timestamp}.{body}' },
    'that the encoding uses, too',
  ]),
  [{ message: 'constant' }, 'does not cover the body proves nothing'],
  [{ message: '{body}{body}' }, '{body} once'],
  [{ message: '{timestamp}{timestamp}{body}', timestampHeader: 'x-time' }, '{timestamp} at most once'],
  [{ message: '{xbody}.{body}' }, 'no placeholders but'],
  [{ message: '{header:x-id }.{body}' }, 'no placeholders but'],
  [{ message: '{url}.{body}' }, 'no placeholders but {body}, {timestamp} and {header:NAME}'],
  [{ message: '{header:}.{body}' }, 'no placeholders but'],
  [{ message: '{timestamp}.{body}' }, 'say where it comes from'],
  [
    { message: '{timestamp}.{body}', pattern: 't={timestamp},v={signature}', timestampHeader: 'x-time' },
    'say where it comes from',
  ],
  [{ timestampHeader: 'x-time' }, 'a timestamp that message does not sign'],
  [{ header: 'X Signature' }, 'is no name of a header'],
  [{ header: '' }, 'is no name of a header'],
  [{ toleranceSeconds: 0 }, '1 to 3600'],
  [{ toleranceSeconds: 86_400 }, '1 to 3600'],
])('%j is wrong, and why', (form, words) => {
  expect(hmac(form)).toContain(words);
});

test('a dedupe key is made of webhook-id, body and JSON Pointers', () => {
  expect(
    ['webhook-id', 'body', '/id', '/a~1b/~0', '/line_items/0/id', '/'].filter((part) => !isDedupePart(part)),
  ).toEqual([]);
  expect(['', 'id', '$.id', 'header:x-id', '/a~2', '/~', 'Webhook-Id'].filter(isDedupePart)).toEqual([]);
});

test('webhook-id is signed by Standard Webhooks only', () => {
  expect(['standard-webhooks', 'stripe', 'hmac', 'basic'].filter(signsWebhookId)).toEqual(['standard-webhooks']);
});

test("the README's examples of unknown senders are right", () => {
  const readme = readFileSync(new URL('../../lambdas/receive-signup/README.md', import.meta.url), 'utf8');
  const examples = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => JSON.parse(text));
  expect(examples).toHaveLength(2);
  for (const example of examples) expect(hmac(example)).toBe('right');
});
