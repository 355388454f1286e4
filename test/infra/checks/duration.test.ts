import { describe, expect, it } from 'vitest';
import { duration, durationMs } from '../../../infra/checks/duration.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['72h', 259_200_000],
    ['3d', 259_200_000],
  ])('%s is %i milliseconds', (text, milliseconds) => {
    expect(durationMs(text)).toBe(milliseconds);
  });

  it.each(['', '3', 'd', '0d', '03d', '1.5h', '-1h', '3 d', '3w', '999999d'])('%o is none', (text) => {
    expect(durationMs(text)).toBeUndefined();
    expect(duration('1s', '9000d').safeParse(text).error?.issues[0]?.message).toMatch(/is no duration/);
  });

  it('lies between its bounds, both included', () => {
    const between = duration('1h', '7d');
    expect(['59m', '1h', '7d', '169h'].map((text) => between.safeParse(text).success)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
