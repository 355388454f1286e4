import { body, type Post } from '../world.ts';
import { base64Key, type Genuine, generic, mac, standardWebhooks, stripe, timestamp, typeform } from './deliveries.ts';

/** A delivery that is not genuine, and why it is refused. `keyless`: known without any key, so that it costs no read at all. */
export type Wrong = readonly [what: string, post: Post, refusal: 'missing' | 'malformed' | 'stale' | 'mismatch'];

const digestIn = /[A-Za-z0-9+/]{40,}={0,2}$/;

/** What is wrong with every scheme that signs. */
export function wrongSignatures({ headers, signatureHeader, sign }: Genuine): Wrong[] {
  const value = headers[signatureHeader] ?? '';
  const digest = digestIn.exec(value)?.[0] ?? '';
  const isHex = /^[0-9a-f]+$/.test(digest);
  const bytes = Buffer.from(digest, isHex ? 'hex' : 'base64');
  const written = (signature: string): Post => ({
    headers: { ...headers, [signatureHeader]: value.replace(digest, signature) },
  });
  const { [signatureHeader]: _, ...others } = headers;
  return [
    ['no signature', { headers: others }, 'missing'],
    ['an empty signature', { headers: { ...headers, [signatureHeader]: '' } }, 'missing'],
    ['the right signature under another name', { headers: { ...others, 'x-signature': value } }, 'missing'],
    ['a signature by another key', { headers: sign(body, base64Key.replace('M', 'N')) }, 'mismatch'],
    ['another body', { headers, body: body.replace('1001', '1002') }, 'mismatch'],
    ['the same body with one space more', { headers, body: `${body} ` }, 'mismatch'],
    [
      'a body that was parsed and written again on its way',
      { headers: sign(body.replace('1001', '1001.0')) },
      'mismatch',
    ],
    ['the signature twice', { headers: { ...headers, [signatureHeader]: [value, value] } }, 'malformed'],
    [
      'a wrong signature and the right one',
      { headers: { ...headers, [signatureHeader]: [value.replace(digest, digest.replace(/^../, 'AA')), value] } },
      'malformed',
    ],
    ['a signature that is cut', written(digest.slice(0, -4)), 'malformed'],
    ['a signature with more behind it', written(`${digest}00000000`), 'malformed'],
    ['a signature with a letter of two bytes in it', written(`é${digest.slice(1)}`), 'malformed'],
    ['a signature with a space in it', written(`${digest.slice(0, 10)} ${digest.slice(11)}`), 'malformed'],
    ['the digest written the other way', written(bytes.toString(isHex ? 'base64' : 'hex')), 'malformed'],
    [
      'a spelling of the digest that is not the canonical one',
      written(isHex ? digest.toUpperCase() : uncanonical(digest)),
      'malformed',
    ],
    [
      'a signature by the digest of nothing',
      written(Buffer.alloc(bytes.byteLength).toString(isHex ? 'hex' : 'base64')),
      'mismatch',
    ],
  ];
}

/** The same bytes for a lenient decoder: a bit set in the last letter that belongs to no byte. */
function uncanonical(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return base64.replace(
    /(.)(=+)$/,
    (_, letter: string, padding: string) => `${alphabet[alphabet.indexOf(letter) + 1]}${padding}`,
  );
}

const at = (seconds: string | number) => {
  const time = String(seconds);
  const hmac = (key: string, prefix: string) => mac('sha256', key, `${prefix}${body}`, 'hex');
  const whsec = mac('sha256', Buffer.from(base64Key, 'base64'), `msg_test1.${time}.${body}`, 'base64');
  return {
    standard: { ...standardWebhooks.headers, 'webhook-timestamp': time, 'webhook-signature': `v1,${whsec}` },
    stripe: { 'Stripe-Signature': `t=${time},v1=${hmac(stripe.key, `${time}.`)}` },
    generic: { 'X-Own-Timestamp': time, 'X-Own-Signature': `v0=${hmac(generic.key, `v0:${time}:`)}` },
  };
};

/** Wrong times, each with a signature that is right for it. */
export function wrongTimes(scheme: 'standard' | 'stripe' | 'generic'): Wrong[] {
  const second = Number(timestamp);
  const post = (time: string | number): Post => ({ headers: at(time)[scheme] });
  return [
    ['a signature of 301 seconds ago', post(second - 301), 'stale'],
    ['a signature of 301 seconds ahead', post(second + 301), 'stale'],
    ['a signature of ten years ahead', post(second + 315_360_000), 'stale'],
    ['a time in milliseconds', post(`${timestamp}000`), 'malformed'],
    ['a time with letters behind it', post(`${timestamp}abc`), 'malformed'],
    ['a time with a sign', post(`+${timestamp}`), 'malformed'],
    ['a time with a fraction', post(`${timestamp}.9`), 'malformed'],
    ['a time in other digits', post('１７６８４７２４３０'), 'malformed'],
    ['a time that is no number', post('NaN'), 'malformed'],
    ['an empty time', post(''), 'malformed'],
  ];
}

const signedId = (id: string): Post => ({
  headers: {
    ...standardWebhooks.headers,
    'webhook-id': id,
    'webhook-signature': `v1,${mac('sha256', Buffer.from(base64Key, 'base64'), `${id}.${timestamp}.${body}`, 'base64')}`,
  },
});
const form = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
const right = standardWebhooks.headers['webhook-signature'] ?? '';
const standard = (changes: Post['headers']): Post => ({ headers: { ...standardWebhooks.headers, ...changes } });
const { 'webhook-id': _id, ...withoutId } = standardWebhooks.headers;
const { 'webhook-timestamp': _time, ...withoutTime } = standardWebhooks.headers;
const { 'X-Own-Timestamp': _ownTime, ...withoutOwnTime } = generic.headers;
const [, stripeDigest = ''] = (stripe.headers['Stripe-Signature'] ?? '').split('v1=');

/** What can be wrong with one scheme only. */
export const ownWrongs: Readonly<Record<string, readonly Wrong[]>> = {
  'Standard Webhooks': [
    ...wrongTimes('standard'),
    ['another time than was signed', standard({ 'webhook-timestamp': String(Number(timestamp) + 1) }), 'mismatch'],
    ['the time twice', standard({ 'webhook-timestamp': [timestamp, timestamp] }), 'malformed'],
    ['another id than was signed', standard({ 'webhook-id': 'msg_test2' }), 'mismatch'],
    ['no id', { headers: withoutId }, 'missing'],
    ['an empty id', standard({ 'webhook-id': '' }), 'missing'],
    ['no time', { headers: withoutTime }, 'missing'],
    ['the id twice', standard({ 'webhook-id': ['msg_test1', 'msg_test1'] }), 'malformed'],
    [
      'an id with a dot, which moves the borders of what is signed',
      standard({ 'webhook-id': `msg.${timestamp}` }),
      'malformed',
    ],
    ['an id of 257 letters, rightly signed', signedId('a'.repeat(257)), 'malformed'],
    ['an id with a dot, rightly signed', signedId('msg.1'), 'malformed'],
    ['an id with a colon, rightly signed', signedId('msg:1'), 'malformed'],
    ['a signature without its version', standard({ 'webhook-signature': right.slice(3) }), 'malformed'],
    [
      'the signature under another version',
      standard({ 'webhook-signature': right.replace('v1,', 'v1a,') }),
      'malformed',
    ],
    [
      'the right signature after five others',
      standard({ 'webhook-signature': [...Array(5).fill(`v1,${'A'.repeat(43)}=`), right].join(' ') }),
      'malformed',
    ],
    ['a hundred thousand signatures', standard({ 'webhook-signature': `${right} `.repeat(100_000) }), 'malformed'],
  ],
  Stripe: [
    ...wrongTimes('stripe'),
    ['no time', { headers: { 'Stripe-Signature': `v1=${stripeDigest}` } }, 'malformed'],
    ['two times', { headers: { 'Stripe-Signature': `t=${timestamp},t=${timestamp},v1=${stripeDigest}` } }, 'malformed'],
    ['the signature under v0', { headers: { 'Stripe-Signature': `t=${timestamp},v0=${stripeDigest}` } }, 'malformed'],
    [
      'the right signature after five others',
      { headers: { 'Stripe-Signature': `t=${timestamp},${`v1=${'0'.repeat(64)},`.repeat(5)}v1=${stripeDigest}` } },
      'malformed',
    ],
    [
      'a signature of 63 digits and a letter of two bytes',
      { headers: { 'Stripe-Signature': `t=${timestamp},v1=${stripeDigest.slice(1)}é` } },
      'malformed',
    ],
  ],
  'generic HMAC': [
    ...wrongTimes('generic'),
    ['no time', { headers: withoutOwnTime }, 'missing'],
    ['the time twice', { headers: { ...generic.headers, 'X-Own-Timestamp': [timestamp, timestamp] } }, 'malformed'],
    [
      'another version before the signature',
      {
        headers: {
          ...generic.headers,
          'X-Own-Signature': (generic.headers['X-Own-Signature'] ?? '').replace('v0', 'v1'),
        },
      },
      'malformed',
    ],
  ],
  WooCommerce: [
    ['a form that only ends like the test of an address', { ...form, body: 'id=1&webhook_id=7' }, 'missing'],
    ['a form that only begins like one', { ...form, body: 'webhook_id=7&id=1' }, 'missing'],
    ['a test of an address as JSON', { body: 'webhook_id=7' }, 'missing'],
    [
      'a test of an address with a signature',
      { headers: { ...form.headers, 'X-WC-Webhook-Signature': 'AA==' }, body: 'webhook_id=7' },
      'malformed',
    ],
  ],
  Typeform: [
    [
      'a signature without its prefix',
      { headers: { 'Typeform-Signature': (typeform.headers['Typeform-Signature'] ?? '').slice(7) } },
      'malformed',
    ],
  ],
};

/** What is wrong with a secret in a header. */
export const wrongStaticHeaders: readonly Wrong[] = [
  ['no header', {}, 'missing'],
  ['an empty header', { headers: { 'X-Api-Key': '' } }, 'missing'],
  ['another secret', { headers: { 'X-Api-Key': 'a-header-everybody-guesses' } }, 'mismatch'],
  ['the secret cut', { headers: { 'X-Api-Key': 'a-header-nobody-guesse' } }, 'mismatch'],
  ['the secret with a letter more', { headers: { 'X-Api-Key': 'a-header-nobody-guessess' } }, 'mismatch'],
  ['the secret in capitals', { headers: { 'X-Api-Key': 'A-HEADER-NOBODY-GUESSES' } }, 'mismatch'],
  [
    'the secret twice',
    { headers: { 'X-Api-Key': ['a-header-nobody-guesses', 'a-header-nobody-guesses'] } },
    'mismatch',
  ],
  ['a guess and the secret', { headers: { 'X-Api-Key': ['guess', 'a-header-nobody-guesses'] } }, 'mismatch'],
  [
    'the secret as Basic credentials',
    { headers: { 'X-Api-Key': `Basic ${btoa('a-header-nobody-guesses')}` } },
    'mismatch',
  ],
  ['the secret under another name', { headers: { 'X-Api-Keys': 'a-header-nobody-guesses' } }, 'missing'],
  ['a hundred thousand letters', { headers: { 'X-Api-Key': 'a'.repeat(100_000) } }, 'mismatch'],
];

const credentials = (text: string) => ({ headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` } });
const rightCredentials = Buffer.from('shop:pass:wörd').toString('base64');

/** What is wrong with Basic credentials. */
export const wrongCredentials: readonly Wrong[] = [
  ['no credentials', {}, 'missing'],
  ['empty credentials', { headers: { Authorization: '' } }, 'missing'],
  ['another password', credentials('shop:password'), 'mismatch'],
  ['another user', credentials('shops:pass:wörd'), 'mismatch'],
  ['no password', credentials('shop:'), 'mismatch'],
  ['the password up to its colon', credentials('shop:pass'), 'mismatch'],
  [
    'credentials in Latin-1',
    { headers: { Authorization: `Basic ${Buffer.from('shop:pass:wörd', 'latin1').toString('base64')}` } },
    'mismatch',
  ],
  ['another way of authorization', { headers: { Authorization: `Bearer ${rightCredentials}` } }, 'malformed'],
  ['credentials that are not encoded', { headers: { Authorization: 'Basic shop:pass:wörd' } }, 'malformed'],
  [
    'a spelling of the credentials that is not the canonical one',
    { headers: { Authorization: `Basic ${uncanonical(Buffer.from('shop:pass:wör').toString('base64'))}` } },
    'malformed',
  ],
  ['base64 with more behind it', { headers: { Authorization: `Basic ${rightCredentials}!` } }, 'malformed'],
  [
    'the credentials twice',
    { headers: { Authorization: [`Basic ${rightCredentials}`, `Basic ${rightCredentials}`] } },
    'malformed',
  ],
];
