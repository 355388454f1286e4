import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeCreate } from '../../../lambdas/platforms/electa/create-account.ts';
import { judgeLogin } from '../../../lambdas/platforms/electa/login.ts';
import { settings as electa } from '../../../lambdas/platforms/electa/settings.ts';
import type { AnsweredReply } from '../../../lambdas/platforms/vendor-http.ts';
import { cpuMilliseconds } from '../../fixtures/cpu-time.ts';
import { answered } from '../answered.ts';
import { signupWith } from '../vendor-call.ts';

const settings = electa.schema.parse({});
const signup = signupWith();
const key = 'UO86CN11XY73SF72TT40PG18ZE76VV71';
const token = '9C467079-FE3B-45C5-8AA5-9726397081AA';

const xml = (body: string | Uint8Array, status = 200, type = 'text/xml; charset=utf-8') =>
  answered(body, status, { 'content-type': type });
const create = (reply: AnsweredReply) => judgeCreate(reply, { signup, settings, secrets: [key, token], now: 0 });
const login = (reply: AnsweredReply) => judgeLogin(reply, settings, key, 0);

const user =
  '<CompanyId>12345</CompanyId><UserType>STD</UserType><Email>ada@example.com</Email><Name>Ada</Name>' +
  '<UserId>9041</UserId><UserName>ada9041</UserName><Password>p&amp;w</Password>';
const success = `<?xml version="1.0"?>\n<Response><ResponseCode>0</ResponseCode><ResponseData>${user}</ResponseData></Response>`;
const granted = `<Response><ResponseCode>0</ResponseCode><ResponseData>${token}</ResponseData></Response>`;

test('the replies that are spoilt here are good ones', () => {
  expect(create(xml(success)).kind).toBe('created');
  expect(login(xml(granted)).kind).toBe('token');
});

describe('never a success, never an exception:', () => {
  test('a reply that is cut anywhere', () => {
    for (let end = 0; end < success.length; end++)
      expect(create(xml(success.slice(0, end))), `cut at ${end}`).toMatchObject({ kind: 'nobody-knows' });
    for (let end = 0; end < granted.length; end++)
      expect(login(xml(granted.slice(0, end))), `cut at ${end}`).toMatchObject({ kind: 'nobody-knows' });
  });

  test('a reply with anything but white space after it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(success), fc.constant(user), fc.string({ minLength: 1 }), fc.constantFrom('<a/>', '</a>')),
        (more) => {
          fc.pre(more.trim() !== '' && !/^\s*<!--[^-]*-->\s*$/.test(more));
          expect(create(xml(success + more.replace(/^<\?xml.*?\?>/, ''))).kind).toBe('nobody-knows');
        },
      ),
    );
  });

  test('a reply in which one byte is another', () => {
    const bytes = Buffer.from(success);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (position, byte) => {
        const spoilt = Buffer.from(bytes);
        spoilt[position] = byte;
        const result = create(xml(spoilt));
        // A letter of a text may be another one; what it is part of stays a document, and the code and the address stay themselves.
        if (result.kind !== 'created') return;
        expect(spoilt.toString().toLowerCase()).toMatch(/>0<\/responsecode>|ada@example\.com/);
      }),
      { numRuns: 2000 },
    );
  });

  const documents: [string, string][] = [
    ['a DOCTYPE', `<!DOCTYPE Response>${granted}`],
    ['an entity of its own', `<!DOCTYPE r [<!ENTITY n "9041">]><Response><ResponseCode>0</ResponseCode></Response>`],
    ['an unknown entity', success.replace('9041', '&nbsp;')],
    ['a bare ampersand', success.replace('p&amp;w', 'p&w')],
    ['a reference to a character that XML has not', success.replace('p&amp;w', '&#0;')],
    ['a reference to half of a character', success.replace('p&amp;w', '&#xD800;')],
    ['a reference beyond Unicode', success.replace('p&amp;w', '&#x110000;')],
    ['a control character', success.replace('p&amp;w', '\u0001')],
    ['two roots', user],
    ['text before the root', `hello ${granted}`],
    ['crossed tags', '<Response><ResponseCode>0</Response></ResponseCode>'],
    ['a name of JavaScript', success.replace('<Name>Ada</Name>', '<__proto__>1</__proto__>')],
    ['deep nesting', `${'<a>'.repeat(5000)}${success.slice(22)}${'</a>'.repeat(5000)}`],
    ['another code beside the zero', success.replace('<UserType>', '<ErrorCode>4</ErrorCode><UserType>')],
    ['a zero that is none', success.replace('>0<', '>0.0<').replace('0.0', '00')],
    ['a zero in words', success.replace('>0<', '>OK<')],
    ["somebody else's address", success.replace('ada@', 'eve@')],
    ['JSON', '{"ResponseCode":0,"UserId":9041}'],
    ['an HTML page', '<html><body><p>ResponseCode 0</p></body></html>'],
  ];
  test.each(documents)('%s', (_, document) => {
    expect(create(xml(document)).kind).toBe('nobody-knows');
  });

  test.each([201, 204])('a good document with status %i is the only other success', (status) => {
    expect(create(xml(success, status)).kind).toBe('created');
  });

  test.each([302, 304, 400, 401, 404, 409, 418, 429, 500, 502, 503])('a good document with status %i', (status) => {
    expect(create(xml(success, status)).kind).not.toBe('created');
    expect(login(xml(granted, status)).kind).not.toBe('token');
  });

  test('any text, any bytes, any status, any charset', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      ';',
      '<Response>',
      '</Response>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '"',
    );
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))).map((pieces) => pieces.join(''));
    const bytes = fc.uint8Array({ maxLength: 200 });
    const type = fc.constantFrom(
      'text/xml',
      'text/xml; charset=utf-16',
      'x; charset=nope',
      'text/html;charset="latin1"',
    );
    fc.assert(
      fc.property(fc.oneof(text, bytes), fc.constantFrom(200, 400, 500), type, (body, status, contentType) => {
        expect(create(xml(body, status, contentType)).kind).not.toBe('created');
        expect(login(xml(body, status, contentType)).kind).not.toBe('token');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a reply of a megabyte takes no time that grows faster than it:', () => {
  const fill = (piece: string) => piece.repeat(Math.floor(1_000_000 / piece.length));
  const heavy: [string, string][] = [
    ['<', fill('<')],
    ['open tags', fill('<a>')],
    ['nested tags', '<a>'.repeat(140_000) + '</a>'.repeat(140_000)],
    ['references', `<a>${fill('&amp;')}</a>`],
    ['open comments', `<a>${fill('<!--')}</a>`],
    ['processing instructions', `${fill('<?x?>')}<a></a>`],
    ['empty elements', `<a>${fill('<b/>')}</a>`],
    ['attributes', `<a ${Array.from({ length: 80_000 }, (_, index) => `b${index}="x"`).join(' ')}></a>`],
    ['equals signs', `<a ${fill('b=')}></a>`],
    ['spaces', fill(' ')],
    ['entities', `<!DOCTYPE a [${fill('<!ENTITY a "b">')}]><a/>`],
    ['a closing tag without end', `<a></${fill('a ')}`],
    ['one long code', `<R><ResponseCode>${fill('1')}</ResponseCode></R>`],
    ['one long text', `<R><ResponseCode>1</ResponseCode><ResponseData>${fill('mail already ')}</ResponseData></R>`],
  ];
  test.each(heavy)('%s', async (_, document) => {
    const took = await cpuMilliseconds(() => {
      const result = create(xml(document));
      expect(result.kind).not.toBe('created');
      expect(JSON.stringify(result).length).toBeLessThan(1000);
    });
    expect(took).toBeLessThan(4000);
  });
});

test("a refusal's words hold neither key nor token, in whatever form the vendor repeats them", () => {
  const forms = fc.constantFrom(key, key.toLowerCase(), token, token.toLowerCase());
  fc.assert(
    fc.property(fc.string(), forms, fc.string(), (before, secret, after) => {
      const words = `${before}${secret}${after}`.replaceAll(/[<>&]|[^\t\n\r\u0020-\ud7ff]/g, '');
      const refused = xml(`<Response><ResponseCode>9</ResponseCode><ResponseData>${words}</ResponseData></Response>`);
      const told = JSON.stringify([create(refused), login(refused)]).toLowerCase();
      expect(told).not.toContain(key.toLowerCase());
      // The login's context knows no token; User/Create's does.
      expect(JSON.stringify(create(refused)).toLowerCase()).not.toContain(token.toLowerCase());
    }),
  );
});
