import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const launcher = join(import.meta.dirname, '../../../infra/tools/run.mjs');

const run = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [launcher, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...environment },
  });

describe('the launcher of tools', () => {
  it('lets Node 24 pass', () => {
    expect(run(['require-node'])).toMatchObject({ status: 0, stderr: '' });
  });

  it.each<[Record<string, string>, string[], string]>([
    [{ npm_config_port: 'true', npm_lifecycle_event: 'start' }, ['start', '8080'], 'npm start -- --port 8080'],
    [{ npm_config_port: '8080', npm_lifecycle_event: 'start' }, ['start'], 'npm start -- --port 8080'],
    [{ npm_config_demo: '', npm_lifecycle_event: 'start' }, ['start'], 'npm start -- --no-demo'],
    [{ npm_config_dlq: 'true', npm_lifecycle_event: 'redrive' }, ['redrive', 'prod'], 'npm run redrive prod -- --dlq'],
  ])('shows the right line for a flag that npm kept: %o', (environment, words, line) => {
    const { status, stderr } = run(words, environment);
    expect(status).toBe(1);
    expect(stderr).toContain(`\n    ${line}\n`);
  });

  it('asks which tool, where none is named', () => {
    expect(run([])).toMatchObject({ status: 1, stderr: expect.stringContaining('Which tool?') });
  });
});
