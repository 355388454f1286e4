import { describe, expect, it } from 'vitest';
import { readRedriveWish, redriveFlags } from '../../../../infra/tools/ledger/redrive-flags.ts';

const stage = { title: 'prod', destinations: ['classroom', 'courses'] };
const wish = (...line: string[]) => {
  const { flags, words } = redriveFlags(line);
  return readRedriveWish(words, flags, stage);
};
const both = stage.destinations;

describe('npm run redrive', () => {
  it.each([
    [[], { kind: 'list', signup: undefined, reason: undefined, destinations: both }],
    [['--destination', 'courses'], { kind: 'list', signup: undefined, reason: undefined, destinations: ['courses'] }],
    [['all'], { kind: 'send', signup: undefined, reason: undefined, destinations: both }],
    [['shop/1'], { kind: 'send', signup: 'shop/1', reason: undefined, destinations: both }],
    [['--reason', 'mapping'], { kind: 'send', signup: undefined, reason: 'mapping', destinations: both }],
    [['--dlq', '--destination', 'courses'], { kind: 'dead-letters', destinations: ['courses'] }],
  ])('%j', (line, expected) => {
    expect(wish(...line)).toMatchObject(expected);
  });

  it.each([
    [['prd', 'all'], /^all is too much after prd: .*misspelt/],
    [['all', '--destination', 'nowhere'], /no destination nowhere; it has classroom, courses/],
    [['all', '--dlq'], /takes only --destination/],
    [['--dlq', '--reason', 'mapping'], /takes only --destination/],
    [['--resn', 'mapping'], /^Unknown option '--resn'\.\n\n +npm run redrive \[STAGE\]/],
    [['--reason'], /^Option '--reason <value>' argument missing\.\n\n +npm run redrive \[STAGE\]/],
  ])('%j is an error that says what to type', (line, message) => {
    expect(() => wish(...line)).toThrow(message);
  });
});
