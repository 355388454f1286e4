import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesArn, matchesPattern } from '../../../../infra/local/permissions/wildcard.ts';
import { cpuMilliseconds } from '../../../fixtures/cpu-time.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?', '.', '\n'), maxLength: 12 });
const escaped = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const asRegExp = (pattern: string) =>
  new RegExp(
    `^${[...pattern].map((sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : escaped(sign))).join('')}$`,
    's',
  );

describe('a pattern', () => {
  it('stands for what the regular expression of the same meaning stands for', () => {
    fc.assert(
      fc.property(
        text,
        text,
        (pattern, it) => void expect(matchesPattern(pattern, it)).toBe(asRegExp(pattern).test(it)),
      ),
      {
        numRuns: 5000,
      },
    );
  });

  it('stands for every text that is made of it', () => {
    const parts = fc.array(
      fc.oneof(
        text.map((part) => part.replaceAll(/[*?]/g, '')),
        fc.constant('*'),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(parts, fc.infiniteStream(text), (pattern, fillings) => {
        const made = pattern.map((part) => (part === '*' ? (fillings.next().value ?? '') : part)).join('');
        expect(matchesPattern(pattern.join(''), made)).toBe(true);
      }),
    );
  });

  it('takes no longer than its length times the text’s, whatever they hold', async () => {
    const pattern = `${'*a'.repeat(500)}b`;
    const took = await cpuMilliseconds(() => expect(matchesPattern(pattern, 'a'.repeat(5000))).toBe(false));
    expect(took).toBeLessThan(1000);
  });
});

describe('an ARN', () => {
  const queue = 'arn:aws:sqs:eu-central-1:000000000000:matriculate-prod-classroom';

  it('is its own pattern', () => {
    expect(matchesArn(queue, queue)).toBe(true);
  });

  it.each(['*', 'arn:aws:sqs:*:*:matriculate-*', 'arn:aws:sqs:eu-central-1:000000000000:matriculate-prod-classroo?'])(
    'is what %s stands for',
    (pattern) => {
      expect(matchesArn(pattern, queue)).toBe(true);
    },
  );

  it.each([
    `${queue}-dlq`,
    queue.slice(0, -1),
    queue.toUpperCase(),
    'arn:aws:sqs:*matriculate-prod-classroom',
    'arn:aws:sqs:*:matriculate-prod-classroom',
    '',
  ])('is not what %j stands for', (pattern) => {
    expect(matchesArn(pattern, queue)).toBe(false);
  });

  it('may have colons in its last part, and a wildcard there stands for them too', () => {
    expect(matchesArn('arn:aws:logs:r:a:log-group:/x:*', 'arn:aws:logs:r:a:log-group:/x:log-stream:y')).toBe(true);
  });
});
