import { expect, test } from 'vitest';
import { explainSignature, maskKey } from '../../../infra/tools/explain-signature.ts';
import { signWebhook } from '../../../infra/tools/sign-webhook.ts';

const now = Date.parse('2026-01-15T10:20:30Z');

test('says which bytes were signed and which header came out', () => {
  const key = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
  const verify = { scheme: 'standard-webhooks' } as const;
  const signed = signWebhook({ verify, key, body: Buffer.from('{"a":1}\n'), now, id: 'msg_test1' });
  const text = explainSignature(verify, key, signed);
  expect(text).toContain('signed   29 bytes, as a JSON text: "msg_test1.1768472430.{\\"a\\":1}\\n"');
  expect(text).toMatch(/header {3}webhook-signature: v1,[A-Za-z0-9+/]{43}=/);
  expect(text).toContain('header   webhook-id: msg_test1');
  expect(text).toContain('key      whsec_MDEy… (50 characters, SHA-256 begins ');
  expect(text).not.toContain(key);
});

test('bytes that are no text are shown in hex', () => {
  const verify = { scheme: 'shopify' } as const;
  const key = 'k'.repeat(32);
  const signed = signWebhook({ verify, key, body: Buffer.from([0xff, 0x00]), now });
  expect(explainSignature(verify, key, signed)).toContain('signed   2 bytes, in hex: ff00');
});

test('where the header is the key itself, it is masked too', () => {
  const verify = { scheme: 'static-header', header: 'x-token' } as const;
  const key = 'a-static-token-of-32-characters!';
  const text = explainSignature(verify, key, signWebhook({ verify, key, body: Buffer.from('{}'), now }));
  expect(text).not.toContain(key);
  expect(text).toContain('signed   nothing');
});

test('a short key shows nothing of itself', () => {
  expect(maskKey('hunter2')).toMatch(/^… \(7 characters, SHA-256 begins [0-9a-f]{8}\)$/);
});
