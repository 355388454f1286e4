import { z } from 'zod';

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** @returns milliseconds of a duration such as `90s`, `15m`, `72h` or `3d`; undefined where the text is none */
export function durationMs(text: string): number | undefined {
  const [, digits, unit] = /^([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
  if (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd') return Number(digits) * units[unit];
  return undefined;
}

/** A duration written as text, between two others; its value in the checked config is milliseconds. */
export const duration = (least: string, most: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,4}[smhd]$/, 'is no duration; write a number and s, m, h or d, such as 72h or 3d')
    .transform((text) => durationMs(text) ?? 0)
    .refine(
      (ms) => ms === 0 || (ms >= (durationMs(least) ?? 0) && ms <= (durationMs(most) ?? 0)),
      `must be between ${least} and ${most}`,
    );
