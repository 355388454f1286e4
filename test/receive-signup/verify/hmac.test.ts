import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'zod/mini';
import { verifySchema } from '../../../lambdas/receive-signup/config.ts';
import { verifierFor } from '../../../lambdas/receive-signup/verify/schemes.ts';
import { signedHeaderProblem } from '../../../lambdas/receive-signup/verify/signed-header.ts';
import { body, now } from '../world.ts';
import { mac, timestamp } from './deliveries.ts';

const key = 'a-key-of-an-unknown-sender';

type Headers = Readonly<Record<string, string>>;

function inspect(form: object, headers: Headers) {
  const verifier = verifierFor(parse(verifySchema, { scheme: 'hmac', header: 'x-signature', ...form }));
  const request = { headers: new Map(Object.entries(headers)), mediaType: 'application/json', body: Buffer.from(body) };
  return { verifier, inspection: verifier.inspect(request, now) };
}

function verdict(form: object, headers: Headers, keyText = key) {
  const { verifier, inspection } = inspect(form, headers);
  const reading = verifier.readKey(keyText);
  if ('problem' in reading) return reading.problem;
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
    'puts them there by place, with a mark of its own between',
    { pattern: '{timestamp}:v1:{signature}', message: '{timestamp}.{body}' },
    { 'x-signature': `${timestamp}:v1:${mac('sha256', key, timed, 'hex')}` },
  ],
  [
    'ends the signature with a mark that is in it, too',
    { pattern: '{signature}=', encoding: 'base64' },
    { 'x-signature': `${mac('sha256', key, body, 'base64')}=` },
  ],
  [
    'gives both of them one name',
    { pattern: 's={timestamp},s={signature}', message: '{timestamp}.{body}' },
    { 'x-signature': `s=${timestamp},s=${mac('sha256', key, timed, 'hex')}` },
  ],
  [
    'names only one of them',
    { pattern: '{timestamp},v1={signature}', message: '{timestamp}.{body}' },
    { 'x-signature': `${timestamp},v1=${mac('sha256', key, timed, 'hex')}` },
  ],
  [
    'signs its delivery id behind the body',
    { message: '{body}|{header:X-Event-Id}' },
    { 'x-event-id': 'evt.1', 'x-signature': mac('sha256', key, `${body}|evt.1`, 'hex') },
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

test('of ten parts in one header each is looked at, and of eleven none is', () => {
  const form = { pattern: 't={timestamp},v1={signature}', message: '{timestamp}.{body}' };
  const value = (others: number) => `${'x=1,'.repeat(others)}t=${timestamp},v1=${mac('sha256', key, timed, 'hex')}`;
  expect(verdict(form, { 'x-signature': value(8) })).toBe(true);
  expect(verdict(form, { 'x-signature': value(9) })).toBe('malformed');
});

test('a part of the pattern that is the same each time need not be there', () => {
  const form = { pattern: 't={timestamp},alg=hmac,v1={signature}', message: '{timestamp}.{body}' };
  const digest = mac('sha256', key, timed, 'hex');
  expect(verdict(form, { 'x-signature': `t=${timestamp},alg=hmac,v1=${digest}` })).toBe(true);
  expect(verdict(form, { 'x-signature': `t=${timestamp},v1=${digest}` })).toBe(true);
});

test('what stands before and after the signature is wanted, and is no part of it', () => {
  const digest = mac('sha256', key, body, 'hex');
  for (const [value, right] of [
    [`<${digest}>`, true],
    [`<${digest}`, 'malformed'],
    [`${digest}>`, 'malformed'],
    ['<', 'malformed'],
    ['<>', 'malformed'],
  ] as const)
    expect(verdict({ pattern: '<{signature}>' }, { 'x-signature': value })).toBe(right);
});

test.each<[object, Headers, string, string]>([
  [{}, {}, 'missing', 'the header x-signature is missing'],
  [
    { pattern: 'v0={signature}' },
    { 'x-signature': 'v1=00' },
    'malformed',
    'the header x-signature does not look like v0={signature}, or came twice',
  ],
  [{}, { 'x-signature': '00' }, 'malformed', 'the header x-signature holds no hex of a sha256 digest'],
  [
    { message: '{timestamp}.{body}', timestampHeader: 'X-Time' },
    { 'x-signature': '0'.repeat(64) },
    'missing',
    'the header x-time is missing',
  ],
  [
    { message: '{timestamp}.{body}', timestampHeader: 'x-time' },
    { 'x-signature': '0'.repeat(64), 'x-time': '2026-01-15' },
    'malformed',
    'the timestamp is not ten digits of seconds since 1970',
  ],
  [
    { message: '{timestamp}.{body}', timestampHeader: 'x-time' },
    { 'x-signature': '0'.repeat(64), 'x-time': String(Number(timestamp) - 301) },
    'stale',
    'the timestamp is 301 s away from our clock',
  ],
  [{ message: '{header:X-Id}.{body}' }, { 'x-signature': '0'.repeat(64) }, 'malformed', 'the header x-id is missing'],
  [
    { message: '{header:X-Id}.{body}' },
    { 'x-signature': '0'.repeat(64), 'x-id': '' },
    'malformed',
    'the header x-id is missing',
  ],
  [
    { message: '{header:X-Id}.{body}' },
    { 'x-signature': '0'.repeat(64), 'x-id': 'a.b' },
    'malformed',
    'the header x-id holds ".", which separates it from the rest of what is signed',
  ],
  [
    { message: '{header:X-Id}.{body}' },
    { 'x-signature': '0'.repeat(64), 'x-id': 'a,a' },
    'malformed',
    'the header x-id came twice',
  ],
  [
    { message: '{header:X-Id}.{body}' },
    { 'x-signature': '0'.repeat(64), 'x-id': 'a b' },
    'malformed',
    'the header x-id is neither an id (letters, digits and . _ : + -) nor a time as ISO 8601 or HTTP write it out',
  ],
])('%j and %j: %s, and the log says which header', (form, headers, refusal, detail) => {
  expect(inspect(form, headers).inspection).toEqual({ kind: 'refused', refusal, detail });
});

const iso = '2026-11-22T10:17:04.123Z';
const http = 'Sun, 22 Nov 2026 10:17:04 GMT';
const signedTime = (message: string, value: string) => {
  const signed = message.replace('{header:x-date}', value).replace('{body}', body);
  return verdict({ message }, { 'x-date': value, 'x-signature': mac('sha256', key, signed, 'hex') });
};

test.each([
  ['{header:x-date}.{body}', iso],
  ['{header:x-date}:{body}', iso],
  ['{header:x-date}+{body}', '2026-11-22T10:17:04+02:00'],
  ['{header:x-date}\n{body}', '2026-11-22T10:17Z'],
  ['{header:x-date}:{body}', http],
  ['{header:x-date} {body}', http],
  ['{header:x-date}.{body}', '1795342624123'],
  ['{header:x-date}.{body}', 'evt-2026-11-22T10'],
  ['{body}|{header:x-date}', iso],
  ['{body}|{header:x-date}', http],
])('under %s, a time written out as %s is verified', (message, value) => {
  expect(signedTime(message, value)).toBe(true);
});

test.each([
  ['{header:x-date}-{body}', iso],
  ['{header:x-date}T{body}', iso],
  ['{header:x-date}T10{body}', iso],
  ['{header:x-date}n{body}', http],
  ['{header:x-date}:{body}', '2026-11-22T10:17:04'],
  ['{header:x-date}.{body}', '2026-11-22 10:17:04'],
  ['{header:x-date}:{body}', '2026-11-22T10'],
  ['{header:x-date}|{body}', `evt ${iso}`],
  ['{header:x-date}.{body}', `${http},${http}`],
  ['{header:x-date}--{body}', 'evt-'],
  ['{body}.{header:x-date}', iso],
  ['{body}.{header:x-date}', 'evt.1'],
  ['{body}--{header:x-date}', '-evt'],
])('under %s, %s is refused, for it could end elsewhere', (message, value) => {
  expect(signedTime(message, value)).toBe('malformed');
});

test('no message has two readings: of all the ways to part it into header and body, at most one is verified', () => {
  const separator = fc.constantFrom('.', ':', '-', '+', 'T', 'Z', '--', ' ', ',', '1', 'T1', 'u');
  const value = fc.oneof(
    fc.constantFrom(iso, http, '2026-11-22T10:17:04Z', '2026-11-22T11:11:11+11:11', '2026-11-22', '2026'),
    fc.stringMatching(/^[\w.:+-]{1,8}$/),
  );
  fc.assert(
    fc.property(separator, value, fc.string({ maxLength: 12 }), fc.boolean(), (between, held, rest, isBefore) => {
      const bytes = isBefore ? `${held}${between}${rest}` : `${rest}${between}${held}`;
      const readings = Array.from({ length: bytes.length }, (_, at) => at)
        .filter((at) => bytes.startsWith(between, at))
        .map((at) => (isBefore ? bytes.slice(0, at) : bytes.slice(at + between.length)))
        .filter((header) => signedHeaderProblem(header, between, isBefore ? 'before' : 'after') === undefined);
      expect(readings.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 5000 },
  );
});

test('braces that are no placeholder are signed as they stand', () => {
  const message = '{{body}}';
  expect(verdict({ message }, { 'x-signature': mac('sha256', key, `{${body}}`, 'hex') })).toBe(true);
});
