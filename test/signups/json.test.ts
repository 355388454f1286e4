import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../lambdas/signups/canonical-json.ts';
import { parseJson } from '../../lambdas/signups/json.ts';

function tryNative(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

test('reads whatever JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const parsed = parseJson(JSON.stringify(value));
      // JSON knows no -0, and integers that a double can't hold come as text.
      const exact = JSON.parse(JSON.stringify(value), (_, item) =>
        typeof item === 'number' && Number.isInteger(item) && !Number.isSafeInteger(item) ? undefined : item,
      );
      if (canonicalJson(exact) === canonicalJson(value))
        expect(parsed.ok && canonicalJson(parsed.value)).toBe(canonicalJson(value));
    }),
    { numRuns: 500 },
  );
});

test('takes and refuses the same texts as JSON.parse', () => {
  const nearlyJson = fc
    .tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(60),
      fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '\u0000', '1', 'e', '-', '.'),
    )
    .map(([json, at, splice]) => json.slice(0, at) + splice + json.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(nearlyJson, fc.string()), (text) => {
      const native = tryNative(text);
      const parsed = parseJson(text);
      const isOurRule = !parsed.ok && /twice|reserved|deeper/.test(parsed.message);
      if (!isOurRule) expect(parsed.ok).toBe(native !== undefined);
    }),
    { numRuns: 3000 },
  );
});

test('an error gives its place and no piece of the text', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(200), (json, at) => {
      const text = `{"password":"s3cr3t-canary",${json.slice(0, at)}`;
      const parsed = parseJson(text);
      if (parsed.ok) return;
      expect(parsed.message).not.toMatch(/s3cr3t|canary/);
      expect(parsed.position).toBeGreaterThanOrEqual(1);
      expect(parsed.position).toBeLessThanOrEqual(text.length + 1);
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', 'names the same key twice', 8],
  ['{"a":1,}', 'a key in double quotes is wanted here', 8],
  ['{"a" 1}', 'a colon is wanted here', 6],
  ['[1 2]', 'a comma or the end of the list is wanted here', 4],
  ['"abc', 'ends where the end of the text in double quotes is wanted', 5],
  ['"a\\x"', 'holds an unknown escape', 3],
  ['{} x', 'there is more after the end of the JSON', 4],
  ['', 'ends where a value is wanted', 1],
  ['nul', 'a value is wanted here', 1],
  ['[01]', 'a comma or the end of the list is wanted here', 3],
  ['{"x":{"_jsonata_lambda":true}}', 'holds a key that is reserved', 7],
  ['{"tupleStream":true}', 'holds a key that is reserved', 2],
])('says of %s what is wrong and where', (text, message, position) => {
  expect(parseJson(text)).toEqual({ ok: false, message, position });
});

test('__proto__ is a key like any other and reaches no prototype', () => {
  const parsed = parseJson('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
  expect(parsed.ok && Object.keys(Object(parsed.value))).toEqual(['__proto__', 'constructor']);
  expect('polluted' in {}).toBe(false);
});

test.each([
  ['12345678901234567890', '12345678901234567890'],
  ['-9007199254740993', '-9007199254740993'],
  ['9007199254740991', 9007199254740991],
  ['1e400', '1e400'],
  ['0.1', 0.1],
  ['1e3', 1000],
])('the number %s comes as %j, so that no digit is lost', (text, value) => {
  expect(parseJson(text)).toEqual({ ok: true, value });
});

test('64 levels are read and 65 are not', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(parseJson(nested(64)).ok).toBe(true);
  expect(parseJson(nested(65))).toMatchObject({ ok: false, message: 'nests deeper than 64 levels' });
  expect(parseJson('['.repeat(60_000)).ok).toBe(false);
});

test('numbers as written are their source text, whatever a double would make of them', () => {
  expect(parseJson('[1.0,-0,1e3,12345678901234567890,"1"]', 'as-written')).toEqual({
    ok: true,
    value: ['1.0', '-0', '1e3', '12345678901234567890', '1'],
  });
});
