import { expect, test } from 'vitest';
import { parse } from 'zod/mini';
import { verifySchema } from '../../../lambdas/receive-signup/config.ts';
import { verifierFor } from '../../../lambdas/receive-signup/verify/schemes.ts';
import { body, now } from '../world.ts';
import { mac, timestamp } from './deliveries.ts';

const key = 'a-key-of-an-unknown-sender';

function verdict(form: object, headers: Readonly<Record<string, string>>, keyText = key) {
  const verifier = verifierFor(parse(verifySchema, { scheme: 'hmac', header: 'x-signature', ...form }));
  const reading = verifier.readKey(keyText);
  if ('problem' in reading) return reading.problem;
  const inspection = verifier.inspect(
    { headers: new Map(Object.entries(headers)), mediaType: 'application/json', body: Buffer.from(body) },
    now,
  );
  if (inspection.kind === 'signed') return inspection.matches([reading.bytes]);
  return inspection.kind === 'refused' ? inspection.refusal : inspection.kind;
}

const timed = `${timestamp}.${body}`;

const senders: readonly [string, object, Readonly<Record<string, string>>][] = [
  ['signs in hex', {}, { 'x-signature': mac('sha256', key, body, 'hex') }],
  [
    'signs in capital hex',
    { encoding: 'hex-uppercase' },
    { 'x-signature': mac('sha256', key, body, 'hex').toUpperCase() },
  ],
  [
    'signs with SHA-1',
    { hash: 'sha1', pattern: 'sha1={signature}' },
    { 'x-signature': `sha1=${mac('sha1', key, body, 'hex')}` },
  ],
  [
    'signs with SHA-512 in base64',
    { hash: 'sha512', encoding: 'base64' },
    { 'x-signature': mac('sha512', key, body, 'base64') },
  ],
  ['signs in base64url', { encoding: 'base64url' }, { 'x-signature': mac('sha256', key, body, 'base64url') }],
  [
    'puts time and signature into one header, by name',
    { pattern: 'ts={timestamp};h1={signature}', message: '{timestamp}.{body}' },
    { 'x-signature': `ts=${timestamp};h1=${mac('sha256', key, timed, 'hex')}` },
  ],
  [
    'puts them there by name in another order, with more between',
    { pattern: 'ts={timestamp};h1={signature}', message: '{timestamp}.{body}' },
    { 'x-signature': `h1=${mac('sha256', key, timed, 'hex')};v=2;ts=${timestamp}` },
  ],
  [
    'puts them there by place',
    { pattern: '{timestamp}:{signature}', message: '{timestamp}.{body}' },
    { 'x-signature': `${timestamp}:${mac('sha256', key, timed, 'hex')}` },
  ],
  [
    'writes words around the signature',
    { pattern: 'HMAC id="a,b" sig="{signature}"' },
    { 'x-signature': `HMAC id="a,b" sig="${mac('sha256', key, body, 'hex')}"` },
  ],
  [
    'signs its delivery id too',
    { message: '{header:X-Event-Id}|{body}' },
    { 'x-event-id': 'evt.1', 'x-signature': mac('sha256', key, `evt.1|${body}`, 'hex') },
  ],
  [
    'allows ten minutes',
    { pattern: '{timestamp}:{signature}', message: '{timestamp}.{body}', toleranceSeconds: 600 },
    { 'x-signature': `1768471830:${mac('sha256', key, `1768471830.${body}`, 'hex')}` },
  ],
];

test.each(senders)('a sender that %s', (_, form, headers) => {
  expect(verdict(form, headers)).toBe(true);
});

test("the key's bytes are those of its encoding", () => {
  const bytes = Buffer.from('00ff10', 'hex');
  const headers = { 'x-signature': mac('sha256', bytes, body, 'hex') };
  expect(verdict({ keyEncoding: 'hex' }, headers, '00ff10')).toBe(true);
  expect(verdict({ keyEncoding: 'base64' }, headers, 'AP8Q')).toBe(true);
  expect(verdict({}, headers, '00ff10')).toBe(false);
});

test('by name, a time that comes twice is refused; by place, a part too many is', () => {
  const digest = mac('sha256', key, timed, 'hex');
  const named = { pattern: 'ts={timestamp};h1={signature}', message: '{timestamp}.{body}' };
  const placed = { pattern: '{timestamp}:{signature}', message: '{timestamp}.{body}' };
  expect(verdict(named, { 'x-signature': `ts=${timestamp};ts=${timestamp};h1=${digest}` })).toBe('malformed');
  expect(verdict(placed, { 'x-signature': `${timestamp}:${digest}:${digest}` })).toBe('malformed');
  expect(verdict(placed, { 'x-signature': digest })).toBe('malformed');
});

test('a signed header that is missing, doubled, or holds the mark between it and the body is refused', () => {
  const form = { message: '{header:x-event-id}.{body}' };
  const signed = (id: string) => ({ 'x-event-id': id, 'x-signature': mac('sha256', key, `${id}.${body}`, 'hex') });
  expect(verdict(form, signed('evt_1'))).toBe(true);
  for (const id of ['', 'evt,evt', 'evt.1', 'evt 1', 'evt"1', 'é', 'a'.repeat(257)])
    expect(verdict(form, signed(id))).toBe('malformed');
});

test('five signatures are tried, six are not', () => {
  const pattern = 'v1={signature};t={timestamp}';
  const digest = mac('sha256', key, timed, 'hex');
  const value = (others: number) => `t=${timestamp};${`v1=${'0'.repeat(64)};`.repeat(others)}v1=${digest}`;
  const form = { pattern, message: '{timestamp}.{body}' };
  expect(verdict(form, { 'x-signature': value(4) })).toBe(true);
  expect(verdict(form, { 'x-signature': value(5) })).toBe('malformed');
});
