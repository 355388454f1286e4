import fc from 'fast-check';
import { allSchemes, generic, shopify, signingSchemes, standardWebhooks } from '../receive-signup/verify/deliveries.ts';
import {
  ownWrongs,
  wrongCredentials,
  wrongSignatures,
  wrongStaticHeaders,
} from '../receive-signup/verify/wrong-deliveries.ts';
import { body } from '../receive-signup/world.ts';
import { type Attack, cpuMs } from './attack.ts';
import { eventOf, setUp, sources } from './receiver.ts';

/** Requests of somebody without a key. */

const target = 'receive-signup, without a key';

export const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const headerNames = [...new Set(allSchemes.flatMap(({ headers }) => Object.keys(headers)))];
const anyHeaders = fc.dictionary(
  fc.oneof(fc.constantFrom(...headerNames, 'content-type', '__proto__', 'constructor'), anyText),
  fc.oneof(
    anyText,
    fc.constantFrom(...signingSchemes.flatMap(({ headers }) => Object.values(headers))),
    fc.stringMatching(/^(v1,|t=|v1=|sha256=|Basic )[\w+/=, ]{0,90}$/),
  ),
);
/** Anything but the body that the genuine headers belong to. */
export const anyContent = fc.oneof(anyText, fc.json(), fc.uint8Array({ maxLength: 200 }));

/** Nothing that is refused may reach a queue. */
function storedNothing(sent: readonly string[]): void {
  if (sent.length > 0) throw new Error(`${sent.length} reached a queue`);
}

const anything: Attack = {
  target,
  what: 'any source, headers and bytes',
  allowed: ['200', '401', '404', '413', '415'],
  run: async (note) => {
    const { receive, sent } = setUp();
    const source = fc.oneof(fc.constantFrom(...Object.keys(sources)), anyText);
    await fc.assert(
      fc.asyncProperty(source, anyHeaders, anyContent, fc.boolean(), async (id, headers, content, base64) =>
        note(String((await receive(eventOf(id, headers, content, base64))).statusCode)),
      ),
      { numRuns: 5000 },
    );
    storedNothing(sent);
  },
};

const bitChanged: Attack = {
  target,
  what: 'one bit of a genuine body changed',
  allowed: ['401'],
  run: async (note) => {
    const { receive, sent } = setUp();
    const bit = fc.nat(Buffer.byteLength(body) * 8 - 1);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signingSchemes), bit, async ({ name, headers }, at) => {
        const bytes = Buffer.from(body);
        const byte = Math.floor(at / 8);
        bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (at % 8));
        note(String((await receive(eventOf(name, headers, bytes))).statusCode));
      }),
      { numRuns: 2000 },
    );
    storedNothing(sent);
  },
};

const letterChanged: Attack = {
  target,
  what: 'one letter of a signature changed',
  allowed: ['401'],
  run: async (note) => {
    const { receive, sent } = setUp();
    const letter = fc.string({ unit: 'binary', maxLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...allSchemes), fc.nat(), letter, async (scheme, at, put) => {
        const { name, headers, signatureHeader } = scheme;
        const value = headers[signatureHeader] ?? '';
        const position = at % value.length;
        const changed = value.slice(0, position) + put + value.slice(position + 1);
        fc.pre(changed.toLowerCase() !== value.toLowerCase());
        note(String((await receive(eventOf(name, { ...headers, [signatureHeader]: changed }, body))).statusCode));
      }),
      { numRuns: 2000 },
    );
    storedNothing(sent);
  },
};

/** Every wrong delivery of every scheme as one list: its source, headers and body. */
export const wrongRequests = allSchemes.flatMap((scheme) => {
  const own = ownWrongs[scheme.name] ?? [];
  const wrongs =
    scheme.name === 'static header'
      ? wrongStaticHeaders
      : scheme.name === 'Basic credentials'
        ? wrongCredentials
        : [...wrongSignatures(scheme), ...own];
  return wrongs.map(([, post]) => {
    const headers = Object.entries(post.headers ?? {}).map(([name, value]): [string, string] => [
      name.toLowerCase(),
      [value].flat().join(','),
    ]);
    return { source: scheme.name, headers: Object.fromEntries(headers), content: post.body ?? body };
  });
});

const everyWrong: Attack = {
  target,
  what: 'each scheme’s own wrong deliveries: missing, malformed, stale, doubled, by another key …',
  allowed: ['401'],
  run: async (note) => {
    const { receive, sent } = setUp();
    for (const { source, headers, content } of wrongRequests)
      note(String((await receive(eventOf(source, headers, content))).statusCode));
    storedNothing(sent);
  },
};

/** Each is repeated so that what it costs can be measured. */
const repeats = 20;

const costs = (
  what: string,
  allowed: string,
  requests: () => Iterable<Parameters<ReturnType<typeof setUp>['receive']>[0]>,
): Attack => ({
  target,
  what,
  allowed: [allowed],
  run: async (note) => {
    const { receive, sent } = setUp();
    let dearest = 0;
    for (const event of requests()) {
      const began = cpuMs();
      for (let count = 0; count < repeats; count += 1) note(String((await receive(event)).statusCode));
      dearest = Math.max(dearest, (cpuMs() - began) / repeats);
    }
    storedNothing(sent);
    if (dearest > 50) throw new Error(`one took ${dearest} ms`);
    return `the dearest ${dearest.toFixed(1)} ms`;
  },
});

const largeBody = costs('a body of 10 MB', '413', () => {
  const megabytes = 'a'.repeat(10_000_000);
  return [
    eventOf('Shopify', shopify.headers, megabytes, false),
    { ...eventOf('Shopify', shopify.headers, '', true), body: megabytes },
  ];
});

const manySignatures = costs('100,000 signatures in one header', '401', function* () {
  for (const { name, headers, signatureHeader } of signingSchemes)
    for (const between of [' ', ',', ';']) {
      const value = `${headers[signatureHeader]}${between}`.repeat(100_000);
      yield eventOf(name, { ...headers, [signatureHeader]: value }, body);
    }
});

const megabyteHeaders = costs('a megabyte of one letter in a header', '401', function* () {
  for (const { name, headers } of [standardWebhooks, generic])
    for (const header of Object.keys(headers))
      for (const letter of ['1', 'v', ',', '=', ' ', '.', '{', '\u0000', '\ud800'])
        yield eventOf(name, { ...headers, [header]: letter.repeat(1_000_000) }, body);
  for (const letter of ['A', '=', ' '])
    yield eventOf('Basic credentials', { authorization: `Basic ${letter.repeat(1_000_000)}` }, body);
});

const megabyteTypes = costs('a megabyte of content type', '415', function* () {
  for (const text of ['a', 'a+', 'application/', 'text/'])
    yield eventOf('Shopify', { ...shopify.headers, 'content-type': text.repeat(500_000) }, body);
});

export const requestAttacks: readonly Attack[] = [
  anything,
  bitChanged,
  letterChanged,
  everyWrong,
  largeBody,
  manySignatures,
  megabyteHeaders,
  megabyteTypes,
];
