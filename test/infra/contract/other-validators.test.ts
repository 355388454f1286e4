import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { descriptions } from '../../../infra/contract/descriptions.ts';
import { exampleEvents } from '../../../infra/contract/example-events.ts';
import { changedAt } from '../../fixtures/changed-at.ts';
import { contractFolder, schemaProblems } from '../../fixtures/event-schemas.ts';

/** The schemas mean the same to every validator: zod's, Ajv and (where it is installed, as Debian's python3-jsonschema) Python's. */

const folder = join(contractFolder, 'v1/schemas');
const typeOf = z.object({ type: z.string() });

/** Every example, each with each of its fields gone or something else. */
const events: readonly string[] = exampleEvents.flatMap(({ text }) =>
  Object.keys(descriptions)
    .filter((path) => path !== 'type')
    .flatMap((path) =>
      [undefined, null, 'x', 7, [], {}].map((value) => JSON.stringify(changedAt(JSON.parse(text), path, value))),
    ),
);
const verdicts = events.map((event) => schemaProblems(event).length === 0);

it('there is enough to agree on', () => {
  expect(verdicts.filter(Boolean).length).toBeGreaterThan(500);
  expect(verdicts.filter((verdict) => !verdict).length).toBeGreaterThan(500);
});

it('Ajv agrees on every event', () => {
  const ajv = new Ajv({ allErrors: false, strict: true, strictTypes: false, allowUnionTypes: true });
  const validators = new Map(
    readdirSync(folder).map((file) => [
      basename(file, '.json'),
      ajv.compile(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    ]),
  );
  const others = events.map((text) => {
    const event: unknown = JSON.parse(text);
    return validators.get(typeOf.parse(event).type)?.(event) ?? false;
  });
  expect(others).toEqual(verdicts);
});

const hasPython = spawnSync('python3', ['-c', 'import jsonschema']).status === 0;

// A second opinion from another language, where this machine has it.
if (hasPython)
  it('Python’s jsonschema agrees on every event', () => {
    const script = join(import.meta.dirname, 'validate-events.py');
    const { stdout } = spawnSync('python3', [script, folder], { input: `${events.join('\n')}\n`, encoding: 'utf8' });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line === 'true'),
    ).toEqual(verdicts);
  });
