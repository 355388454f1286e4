import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curlCommand } from '../../../../infra/tools/start/curl-command.ts';

/** The words that a shell makes of the command. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', command.replace(/^curl/, "printf '%s\\0'")], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

test('a shell takes every header and the body literally, whatever is in them', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
  fc.assert(
    fc.property(text, text, (value, body) => {
      const words = wordsOf(curlCommand('http://127.0.0.1:1/webhooks/shop', { 'x-sig': value }, body));
      expect(words).toEqual(['-i', 'http://127.0.0.1:1/webhooks/shop', '-H', `x-sig: ${value}`, '--data-binary', body]);
    }),
    { numRuns: 50 },
  );
});
