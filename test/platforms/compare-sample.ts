import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Compares what came with a sample's file. With `RECORD=1` the file is written where it is missing. */
export function compareSample(file: string, actual: string): void {
  if (process.env.RECORD === '1' && !existsSync(file)) writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
