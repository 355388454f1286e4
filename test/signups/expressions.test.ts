import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { checkExpression, compileExpression } from '../../lambdas/signups/expressions.ts';
import { parseJson } from '../../lambdas/signups/json.ts';
import { isTruthy } from '../../lambdas/signups/truthiness.ts';
import { cpuMilliseconds } from '../fixtures/cpu-time.ts';

const evaluate = (text: string, payload: unknown) => compileExpression(text)(payload);
const value = async (text: string, payload: unknown) => {
  const result = await evaluate(text, payload);
  return result.ok ? JSON.parse(JSON.stringify(result.value ?? null)) : result;
};

test.each([
  'billing.email',
  'line_items[$startsWith(sku, "LIVE-")]',
  '$trim(name) ~> $uppercase()',
  'a ? b : c',
  'a ?: b',
  'a ?? b',
  '($first := $substringBefore(name, " "); $first & "!")',
  '$map(items, function($item, $index) { $item.sku & $string($index) })',
  '$filter(items, function($item) { $item.price > 10 and $exists($item.sku) })',
  '$sort(items, function($l, $r) { $l.price > $r.price }).sku',
  'items^(>price)[0].sku',
  '{"skus": [items.sku], "n": $count(items)}',
  '$replace(phone, " ", "")',
  '$pad(number, -8, "0")',
  '$assert($exists(email), "no e-mail address")',
  '**.email[0]',
  '$.*',
  'items{sku: $sum(price)}',
])('%s may be used', (text) => {
  expect(checkExpression(text)).toEqual({ ok: true });
});

test.each([
  ['$eval(note)', '$eval is not available here', 6],
  ['$now()', '$now is not available here', 5],
  ['$millis()', '$millis is not available here', 8],
  ['$random()', '$random is not available here', 8],
  ['$shuffle(items)', '$shuffle is not available here', 9],
  ['$reduce(items, function($a, $b) { $a & $b })', '$reduce is not available here', 8],
  ['$match(email, /a/)', '$match is not available here', 7],
  ['$contains(email, /^(a+)+$/)', expect.stringContaining('regular expressions'), 26],
  ['items[sku ~> /x/]', expect.stringContaining('write a call after ~>'), 12],
  ['$pad(name, width)', expect.stringContaining('$pad wants'), 5],
  ['$pad(name, 1001)', expect.stringContaining('$pad wants'), 5],
  ['name.$pad(5)', expect.stringContaining('$pad wants'), 10],
  ['name ~> $pad(width)', expect.stringContaining('$pad wants'), 13],
  ['$error("bad: " & email)', expect.stringContaining('written out in quotes'), 7],
  ['email ~> $error()', expect.stringContaining('written out in quotes'), 16],
  ['$assert($exists(email))', expect.stringContaining('written out in quotes'), 8],
  ['$map(names, $error)', expect.stringContaining('is a function; call it'), 18],
  ['$f := function($x) { $f($x) }', expect.stringContaining('a function can only be written'), 15],
  ['($f := $error; $f("x"))', expect.stringContaining('is a function; call it'), 13],
  ['($trim := 1; $trim)', "$trim is taken and can't be set", 6],
  ['$map(items, function($lookup) { 1 })', "$lookup is taken and can't be set", 28],
  ['data.run(1)', 'only named functions can be called', 9],
  ['$map(items, function($x)<s:s> { $x })', 'a function here takes no signature', 21],
  ['$uppercase(?)', expect.stringContaining('partial application'), 11],
  ['items ~> |$|{"a": 1}|', expect.stringContaining('write a call after ~>'), 8],
  ['items@$i.sku', expect.stringContaining('@, # and %'), 5],
  ['items#$i.sku', expect.stringContaining('@, # and %'), 5],
  ['items.%.id', expect.stringContaining('@, # and %'), 5],
  ['$name', '$name is set nowhere', 5],
  ['(a', 'Expected ")" before end of expression', 2],
  ['a'.repeat(5000), 'is longer than 4096 characters', 4096],
])('%s is refused with its place', (text, message, position) => {
  expect(checkExpression(text)).toEqual({ ok: false, message, position });
});

test('what is not allowed is found wherever it hides', () => {
  const hosts = [
    (x: string) => `a[${x}]`,
    (x: string) => `a.b[${x}].c`,
    (x: string) => `a.(${x})`,
    (x: string) => `$trim(${x})[0]`,
    (x: string) => `$trim(a)[${x}]`,
    (x: string) => `$[${x}]`,
    (x: string) => `a^(${x})`,
    (x: string) => `a{"k": ${x}}`,
    (x: string) => `{${x}: 1}`,
    (x: string) => `[1, ${x}]`,
    (x: string) => `[1..${x}]`,
    (x: string) => `a ? ${x} : 1`,
    (x: string) => `($v := ${x}; $v)`,
    (x: string) => `-(${x})`,
    (x: string) => `a & ${x}`,
    (x: string) => `a ?: ${x}`,
    (x: string) => `$map(a, function($i) { ${x} })`,
    (x: string) => `$map(a, function($i) { $trim($i)[${x}] })`,
    (x: string) => `a ~> $substring(${x})`,
    (x: string) => `a ~> $trim()[${x}]`,
    (x: string) => `(${x}) ~> $trim()`,
  ];
  const host = fc.array(fc.constantFrom(...hosts), { minLength: 1, maxLength: 4 });
  const forbidden = fc.constantFrom('$eval("1")', '$now()', '$millis()', '$pad(a, b)', '$error(a)', '$nowhere');
  fc.assert(
    fc.property(host, forbidden, (wraps, inner) => {
      const text = wraps.reduce<string>((held, wrap) => wrap(held), inner);
      expect(checkExpression(text).ok).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a & "-" & b', { a: 'x', b: 1 }, 'x-1'],
  ['$join(items.sku, "+")', { items: [{ sku: 'a' }, { sku: 'b' }] }, 'a+b'],
  ['$replace(a, "x", "yy")', { a: 'axbx' }, 'ayybyy'],
  ['$replace(a, "x", "y", 1)', { a: 'xx' }, 'yx'],
  ['$replace(a, "x", "$1")', { a: 'x' }, '$1'],
  ['$isEmail(a)', { a: 'ada@example.com' }, true],
  ['$isEmail(a)', { a: 7 }, false],
  ['$startsWith(a, "LIVE-")', {}, false],
  ['$endsWith(a, "-1")', { a: 'LIVE-1' }, true],
  ['missing.field', {}, null],
  ['`__proto__`.x', parseJsonValue('{"__proto__":{"x":1}}'), 1],
])('%s of %j is %j', async (text, payload, expected) => {
  expect(await value(text, payload)).toEqual(expected);
});

function parseJsonValue(text: string): unknown {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : undefined;
}

const canary = 's3cr3t-canary';
test.each([
  ['a > 1', { a: canary }],
  ['a + 1', { a: canary }],
  ['$number(a)', { a: canary }],
  ['-a', { a: canary }],
  ['{a: 1, b: 2}', { a: canary, b: canary }],
  ['{a: 1}', { a: { canary } }],
  ['$sum(a)', { a: [canary] }],
  ['$sort(a)', { a: [{ canary }, 1] }],
  ['a^(b)', { a: [{ b: canary }, { b: 1 }] }],
  ['$lowercase(a)', { a: [canary, canary] }],
  ['$join(a)', { a: [{ canary }] }],
  ['$single(a, function($x) { true })', { a: [canary, canary] }],
  ['[1..a]', { a: canary }],
  ['$round(a, b)', { a: canary, b: canary }],
  ['$merge(a)', { a: [canary] }],
  ['a in b < c', { a: canary, b: [canary], c: canary }],
])('the error of %s holds nothing of the payload', async (text, payload) => {
  const result = await evaluate(text, payload);
  expect(result.ok).toBe(false);
  expect(JSON.stringify(result)).not.toContain(canary);
});

test('an error says where in the expression', async () => {
  expect(await evaluate('a.b & $string(c > 1)', { a: { b: 'x' }, c: 'y' })).toEqual({
    ok: false,
    message: 'both sides of the comparison must be of the same type',
    position: 17,
  });
});

test.each([
  ['first & " " & last', 5],
  ['(first) & " " & last', 1],
  ['last & " " & person.first', 19],
  ['($name := first; $name & last)', 22],
  ['(missing ?? first) & last', 1],
  ['$lookup(person, "first") & last', 8],
  ['$map([first], function($one) { $one & last })', 5],
  ['$string(first)', 8],
  ['person.first.$string()', 21],
  ['first ~> $string()', 17],
])('a null that %s would join is refused in its own words, with its place', async (text, position) => {
  const payload = { first: null, last: 'Lovelace', person: { first: null } };
  const message = 'a value is null, and would become the text null; write `(name ?: "")` in its place';
  expect(await evaluate(text, payload)).toEqual({ ok: false, message, position });
});

test.each([
  ['person & ""', 6],
  ['$string(person)', 8],
  ['person.$string()', 15],
  ['$string()', 8],
  ['$map([person], function($one) { $string($one) })', 5],
  ['["Ada"] & ""', 1],
  ['tags & ""', 4],
  ['name[] & ""', 4],
  ['$string(tags)', 8],
])('the list or object that %s would make text of is refused, with its place', async (text, position) => {
  const payload = { person: { password: canary }, tags: ['a', 'b'], name: 'Ada' };
  const message = 'would turn a list or an object into text; name the value that is wanted';
  expect(await evaluate(text, payload)).toEqual({ ok: false, message, position });
});

test.each([
  ['(first ?: "") & last', 'Lovelace'],
  ['missing & last', 'Lovelace'],
  ['tags[0] & n & yes', 'a0.3true'],
  ['tags.$string()', ['a', 'b']],
  ['$string(0.1 + 0.2) & $string(1e21)', '0.31e+21'],
])('%s becomes text as JSONata writes it', async (text, expected) => {
  const payload = { first: null, last: 'Lovelace', tags: ['a', 'b'], n: 0.3, yes: true };
  expect(await value(text, payload)).toEqual(expected);
  expect(await value(text, payload)).toEqual(JSON.parse(JSON.stringify(await jsonata(text).evaluate(payload))));
});

test('the words of $error are the operator’s own and are told as they are', async () => {
  expect(await evaluate('$error("no seat was bought")', {})).toEqual({
    ok: false,
    message: 'no seat was bought',
    position: undefined,
  });
});

const wide = (length: number) => 'x'.repeat(length);
test.each([
  ['$join($map([1..900], function($i) { $$.a }), $$.a)', { a: wide(60_000) }, 'makes too much text'],
  ['$join(a, b)', { a: Array(900).fill('x'), b: wide(5000) }, 'makes a text of more than 65536 characters'],
  ['$replace(a, "x", b)', { a: wide(30_000), b: wide(30_000) }, 'makes a text of more than 65536 characters'],
  ['a & a & a', { a: wide(30_000) }, 'makes a text of more than 65536 characters'],
  ['$count(a)', { a: Array(1001).fill(1) }, 'meets a list of more than 1000 entries'],
  ['$split(a, "")', { a: wide(1001) }, 'meets a list of more than 1000 entries'],
  ['[1..a]', { a: 1e9 }, 'makes a list that is too long'],
  ['a.$$.a', { a: Array(900).fill({}) }, 'makes a list that is too long'],
  ['a[$count($$.a[$count($$.a[x = 1]) = 1]) = 1]', { a: Array(300).fill({ x: 2 }) }, 'takes too many steps'],
  ['$string(a.$$)', { a: Array(900).fill(wide(60)) }, expect.stringContaining('would turn a list')],
  ['"" & a.$$', { a: Array(900).fill(wide(60)) }, expect.stringContaining('would turn a list')],
  ['a.{"x": $$.b}', { a: Array(900).fill(1), b: wide(5000) }, 'makes too much text'],
  ['a.$map([1..1000], function($i) { 1 + $length() })', { a: wide(60_000) }, 'makes too much text'],
  ['a.{"x": $$.b}', { a: Array(900).fill(1), b: wide(500) }, 'yields more than 131072 characters'],
])('%s over a hostile payload ends with an error, soon', async (text, payload, message) => {
  const took = await cpuMilliseconds(async () =>
    expect(await evaluate(text, payload)).toMatchObject({ ok: false, message }),
  );
  expect(took).toBeLessThan(3000);
});

test('sorting and comparing the longest lists that are allowed takes no time to speak of', async () => {
  const payload = { a: Array.from({ length: 1000 }, (_, index) => ({ n: (index * 7919) % 1000, s: 'x'.repeat(30) })) };
  const took = await cpuMilliseconds(async () => {
    for (const text of ['$distinct(a)', 'a^(n)', '$sort(a.n)', 'a{s: n}', 'a = a'])
      expect(await evaluate(text, payload), text).toMatchObject({ ok: true });
    const byFunction = '$sort(a, function($l, $r) { $l.n > $r.n })';
    expect(await evaluate(byFunction, payload)).toMatchObject({ ok: false, message: 'takes too many steps' });
  });
  expect(took).toBeLessThan(3000);
});

test.each(['thunk', 'body', 'tupleStream', 'sequence', 'then', 'next', 'outerWrapper', 'cons', 'token', '@'])(
  'a payload can not pass itself off as the engine’s own by the key %s',
  async (key) => {
    const payload = { x: { [key]: true, lowercase: 'y', email: canary, '@': { email: 'other' } }, a: [1] };
    const result = await evaluate('$lookup($, "x").email', payload);
    if (result.ok) expect([canary, undefined, 'other']).toContain(result.value);
  },
);

test('a payload with the engine’s marks is refused before any expression sees it', () => {
  for (const key of ['_jsonata_function', '_jsonata_lambda', 'tupleStream', 'outerWrapper'])
    expect(parseJson(JSON.stringify({ x: { [key]: true } })).ok).toBe(false);
});

test('evaluations of one expression at once do not disturb each other', async () => {
  const expression = compileExpression('items[sku = $$.wanted].name');
  const payloads = Array.from({ length: 50 }, (_, index) => ({
    wanted: `s${index}`,
    items: [
      { sku: `s${index}`, name: `n${index}` },
      { sku: 'other', name: 'x' },
    ],
  }));
  const results = await Promise.all(payloads.map((payload) => expression(payload)));
  expect(results.map((result) => result.ok && result.value)).toEqual(payloads.map((_, index) => `n${index}`));
});

test('the same payload gives the same result, and stays as it was', async () => {
  const texts = [
    '$',
    '**',
    '$keys($)',
    '$string(a)',
    '$distinct(*)',
    'a.b[]',
    '$spread($)',
    '$merge([$, a])',
    '*[0]',
    '{"k": $}',
    'a{"k": 1}',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.record({ a: fc.jsonValue({ maxDepth: 3 }) })),
      fc.constantFrom(...texts),
      async (payload, text) => {
        const before = JSON.stringify(payload);
        const first = await evaluate(text, payload);
        expect(await evaluate(text, payload)).toEqual(first);
        expect(JSON.stringify(payload)).toBe(before);
      },
    ),
    { numRuns: 300 },
  );
});

test('an empty list stays empty for the next expression, whatever the engine does to it', async () => {
  const payload = { a: [] };
  await evaluate('a{"k": 1}', payload);
  expect(payload).toEqual({ a: [] });
});

test('true and false are what JSONata takes for them', async () => {
  const toBoolean = jsonata('$boolean(value)');
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (item) => {
      expect(isTruthy(item)).toBe((await toBoolean.evaluate({ value: item })) ?? false);
    }),
    { numRuns: 500 },
  );
});
