import { body } from '../world.ts';
import { base64Key } from './deliveries.ts';

/** A genuine delivery that somebody else has published or computed: nothing of ours was asked. */
export interface Vector {
  readonly scheme: string;
  readonly from: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When it was signed, in seconds since the epoch, where that matters. */
  readonly at?: number;
}

const sheet = { from: 'the vendors’ sheet', key: 'whsecret', body };
const base64 = 'M0qy/D7AV47eq3ekk/e97Opl/6fXaaxwzE5idDaaoUk=';
const hex = '334ab2fc3ec0578edeab77a493f7bdecea65ffa7d769ac70cc4e6274369aa149';
const slackBody =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

export const vectors: readonly Vector[] = [
  { ...sheet, scheme: 'WooCommerce', headers: { 'x-wc-webhook-signature': base64 } },
  { ...sheet, scheme: 'Shopify', headers: { 'x-shopify-hmac-sha256': base64 } },
  { ...sheet, scheme: 'Typeform', headers: { 'typeform-signature': `sha256=${base64}` } },
  { ...sheet, scheme: 'Thinkific', headers: { 'x-thinkific-hmac-sha256': hex } },
  {
    ...sheet,
    scheme: 'Stripe',
    key: 'whsec_test',
    headers: {
      'stripe-signature': 't=1768472430,v1=1615d848cbc05b83b760db4b03bc12a7906e8581c786686d1537525433c88577',
    },
    at: 1768472430,
  },
  {
    ...sheet,
    scheme: 'Standard Webhooks',
    key: base64Key,
    headers: {
      'webhook-id': 'msg_test1',
      'webhook-timestamp': '1768472430',
      'webhook-signature': 'v1,Y5zZB+GV5b3xKlBaYeR/cZgmyeGpPz74UA+zaVifnWA=',
    },
    at: 1768472430,
  },
  {
    scheme: 'Standard Webhooks',
    from: 'the specification’s own libraries',
    key: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    body: '{"test": 2432232314}',
    at: 1614265330,
  },
  {
    scheme: 'GitHub',
    from: 'GitHub, “Validating webhook deliveries”',
    key: "It's a Secret to Everybody",
    headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    body: 'Hello, World!',
  },
  {
    scheme: 'Arlo',
    from: 'RFC 4231, test case 2 (Arlo publishes none)',
    key: 'SmVmZQ==',
    headers: {
      'x-arlo-signature': 'Fkt6e/z4GeLjlfvnO1bgo4e9ZCIugx/WECcM1+olBVSXWL91wFqZSm0DT2X48Ob9yuqxo01Ka0tjbgcKOLznNw==',
    },
    body: 'what do ya want for nothing?',
  },
  {
    scheme: 'generic HMAC',
    from: 'Slack, “Verifying requests from Slack”',
    key: '8f742231b10e8888abcd99yyyzzz85a5',
    headers: {
      'x-own-timestamp': '1531420618',
      'x-own-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    body: slackBody,
    at: 1531420618,
  },
  {
    scheme: 'Basic credentials',
    from: 'RFC 7617, section 2',
    key: 'Aladdin:open sesame',
    headers: { authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' },
    body,
  },
];
