import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contractFiles } from '../../../infra/contract/contract-files.ts';
import { contractFolder } from '../../fixtures/event-schemas.ts';

const files = contractFiles();

it.each([...files])('%s is what `npm run contract` writes today', (path, json) => {
  const file = join(contractFolder, path);
  expect(existsSync(file), 'run `npm run contract`').toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8')), 'run `npm run contract`').toEqual(json);
});

it('holds no file that nothing generates any more', () => {
  const found = readdirSync(join(contractFolder, 'v1'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(found).toHaveLength([...files.keys()].filter((path) => path.startsWith('v1/')).length);
});

describe('the AsyncAPI document', () => {
  const document = z.record(z.string(), z.unknown()).parse(files.get('v1/asyncapi.json'));

  const refsIn = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, child]) =>
      key === '$ref' && typeof child === 'string' ? [child] : refsIn(child),
    );
  };
  const target = (ref: string): unknown =>
    ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((value, key) => z.record(z.string(), z.unknown()).parse(value)[key], document);

  it('is of version 3 and says its own', () => {
    expect(document).toMatchObject({ asyncapi: '3.0.0', info: { version: expect.stringMatching(/^1\.\d+\.\d+$/) } });
  });

  it('refers to nothing that is not in it', () => {
    expect(refsIn(document).length).toBeGreaterThan(9);
    for (const ref of refsIn(document)) expect(target(ref), ref).toBeTypeOf('object');
  });
});
