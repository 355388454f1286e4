import fc from 'fast-check';
import { presets } from '../../infra/presets/registry.ts';
import { createMapper, type Mapper, type MappingRules } from '../../lambdas/signups/map-signup.ts';
import { signupFields } from '../../lambdas/signups/signup.ts';
import { type Attack, cpuMs, type Note } from './attack.ts';
import { hostileBodies } from './hostile-bodies.ts';

/** Payloads of somebody with a key: the mapper never throws, never tells a value, and takes no time to speak of. */

const target = 'the mapper';
const canary = 'xyzzy-canary';
const slowestMs = 1500;

const ada = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' };
const rules: MappingRules = { mapping: Object.fromEntries(signupFields.map((field) => [field, field])), set: {} };
const mappers: readonly Mapper[] = [
  createMapper(rules),
  ...Object.values(presets).map(({ accept, mapping }) => createMapper({ accept, mapping: { ...mapping }, set: {} })),
];

/** Maps, notes what came of it, and the time of the slowest. */
function measured(note: Note) {
  let slowest = 0;
  const map = async (mapper: Mapper, body: string | Uint8Array): Promise<void> => {
    const began = cpuMs();
    const mapped = await mapper(Buffer.from(body));
    slowest = Math.max(slowest, cpuMs() - began);
    if (mapped.kind === 'rejected' && mapped.message.includes(canary)) throw new Error('a message repeats a value');
    note(mapped.kind);
  };
  const told = (): string => {
    if (slowest > slowestMs) throw new Error(`one took ${slowest} ms`);
    if ('polluted' in {}) throw new Error('a prototype was reached');
    return `the slowest ${slowest.toFixed(0)} ms`;
  };
  return { map, told };
}

const named: Attack = {
  target,
  what: 'hostile bodies (see below) by every preset',
  allowed: ['rejected', 'ignored'],
  run: async (note) => {
    const { map, told } = measured(note);
    for (const mapper of mappers) for (const [, body] of hostileBodies) await map(mapper, body);
    return told();
  },
};

/** What no field expects, as JSON text. */
const values: readonly string[] = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '7',
    '1.5',
    '1e308',
    '1e999',
    '12345678901234567890',
    '""',
    '" "',
    '[]',
    '{}',
  ],
  ...[`"${canary}"`, `["${canary}"]`, `["${canary}","${canary}2"]`, `[["${canary}"]]`, `{"${canary}":"${canary}"}`],
  ...[
    `{"$xml":"<${canary}/>"}`,
    `{"__proto__":{"polluted":"${canary}"}}`,
    `{"toString":"${canary}"}`,
    `[null,{"a":[]}]`,
  ],
  ...[
    `"${canary}\\u0000"`,
    `"${canary}\\ud800"`,
    `"${canary}\\ufffe"`,
    `"${canary.repeat(2000)}"`,
    '"\\u202e"',
    '"<b>&"',
  ],
];

const everyField: Attack = {
  target,
  what: 'each field of a signup with each of the types that it does not expect',
  allowed: ['signup', 'rejected'],
  run: async (note) => {
    const { map, told } = measured(note);
    const [mapper] = mappers;
    if (mapper === undefined) throw new Error('no mapper');
    for (const field of signupFields)
      for (const value of values) {
        const rest = Object.entries(ada).filter(([name]) => name !== field);
        const pairs = rest.map(([name, text]) => `"${name}":${JSON.stringify(text)}`);
        await map(mapper, `{${[...pairs, `"${field}":${value}`].join(',')}}`);
      }
    return told();
  },
};

const anyBytes: Attack = {
  target,
  what: 'any bytes, any JSON, any form',
  allowed: ['signup', 'rejected', 'ignored'],
  run: async (note) => {
    const { map, told } = measured(note);
    const pairs = fc
      .array(fc.tuple(fc.webQueryParameters(), fc.string()))
      .map((all) => all.map((pair) => pair.join('=')).join('&'));
    const bodies = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json(), pairs, fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...mappers), bodies, (mapper, body) => map(mapper, body)),
      { numRuns: 3000 },
    );
    return told();
  },
};

const mapperOf = (email: string): Mapper => createMapper({ ...rules, mapping: { ...rules.mapping, email } });
const driven = (what: string, cases: readonly (readonly [expression: string, payload: object])[]): Attack => ({
  target,
  what,
  allowed: ['signup', 'rejected'],
  run: async (note) => {
    const { map, told } = measured(note);
    for (const [expression, payload] of cases) await map(mapperOf(expression), JSON.stringify({ ...ada, ...payload }));
    return told();
  },
});

/** Texts that take some regular expression engines for ever, where an expression takes its pattern from the payload. */
const patterns = ['(a+)+$', '(a|a)*$', '^(.*)*x$', '(x+x+)+y', '([a-z]+)*!', '.*.*.*.*=', '/(a+)+$/'];
const bait = `${'a'.repeat(30_000)}!`;
const slow = driven(
  'patterns from the payload, over 30,000 letters',
  patterns.flatMap((p) =>
    [
      '$contains(t, p)',
      '$split(t, p)',
      '$replace(t, p, "b")',
      '$substringBefore(t, p)',
      't[$ = $$.p]',
      '$isEmail(t & p)',
    ].map((expression): [string, object] => [
      `${expression} ? email : email`.replace(/^(\$split|\$replace|\$substringBefore)(.*\)) \?/, '$exists($1$2) ?'),
      { t: bait, p },
    ]),
  ),
);

const w = (length: number) => 'x'.repeat(length);
const wide = driven('texts and lists that grow with the payload', [
  ['$pad(t, 1000)', { t: w(60_000) }],
  ['$join($map([1..900], function($i) { $$.t }), $$.t)', { t: w(60_000) }],
  ['$join(l, t)', { l: Array(900).fill('x'), t: w(5000) }],
  ['$replace(t, "x", u)', { t: w(30_000), u: w(30_000) }],
  ['t & t & t & t', { t: w(30_000) }],
  ['$split(t, "")', { t: w(60_000) }],
  ['[1..n]', { n: 1e9 }],
  ['$string(l)', { l: Array(900).fill(w(60)) }],
  ['l.{"x": $$.t}', { l: Array(900).fill(1), t: w(5000) }],
  ['l.$$.l.$$.l', { l: Array(900).fill({}) }],
  ['$sort(l, function($a, $b) { $a > $b })', { l: Array.from({ length: 1000 }, (_, index) => (index * 7919) % 1000) }],
  ['$distinct(l)', { l: Array.from({ length: 1000 }, (_, index) => ({ index, t: w(30) })) }],
  ['l[$count($$.l[$count($$.l[x = 1]) = 1]) = 1]', { l: Array(300).fill({ x: 2 }) }],
  ['$merge(l)', { l: Array.from({ length: 900 }, (_, index) => ({ [`k${index}`]: w(50) })) }],
  ['**', { l: Array(900).fill({ a: { b: { c: 1 } } }) }],
]);

export const payloadAttacks: readonly Attack[] = [named, everyField, anyBytes, slow, wide];
