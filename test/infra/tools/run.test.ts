import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const launcher = join(import.meta.dirname, '../../../infra/tools/run.mjs');

/** Nobody's credentials: what a broken tool would do, it does to no account. */
const nobody = {
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  AWS_CONFIG_FILE: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const run = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [launcher, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...nobody, ...environment },
  });

/** By the npm of this machine, whose settings in a person's home are not read. */
const npmRun = (words: readonly string[]) =>
  spawnSync('npm', ['run', ...words], {
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '../../..'),
    env: { PATH: process.env.PATH ?? '', HOME: '/nowhere', ...nobody, npm_config_update_notifier: 'false' },
  });

describe('the launcher of tools', () => {
  it('lets Node 24 pass', () => {
    expect(run(['require-node'])).toMatchObject({ status: 0, stderr: '' });
  });

  it.each<[Record<string, string>, string[], string]>([
    [{ npm_config_port: 'true', npm_lifecycle_event: 'start' }, ['start', '8080'], 'npm start -- --port 8080'],
    [{ npm_config_port: '8080', npm_lifecycle_event: 'start' }, ['start'], 'npm start -- --port 8080'],
    [{ npm_config_demo: '', npm_lifecycle_event: 'start' }, ['start'], 'npm start -- --no-demo'],
  ])('shows the right line for a flag that npm kept: %o', (environment, words, line) => {
    const { status, stderr } = run(words, environment);
    expect(status).toBe(1);
    expect(stderr).toContain(`\n    ${line}\n`);
  });

  it.each<[string[], string]>([
    [['redrive', 'prod', '--dlq'], 'npm run redrive prod -- --dlq'],
    [['redrive', 'prod', '--dlq', '--silent'], 'npm run redrive prod -- --dlq'],
    [['redrive', 'prod', '--dlq', '--destination=classroom'], 'npm run redrive prod -- --dlq --destination classroom'],
    [['redrive', 'prod', '--reason', 'mapping'], 'npm run redrive prod -- --reason mapping'],
    [['doctor', 'prod', 'classroom', '--retry'], 'npm run doctor prod classroom -- --retry'],
  ])('shows the right line for what npm itself makes of a flag without the dashes: npm run %j', (words, line) => {
    const { status, stderr } = npmRun(words);
    expect(stderr).toContain(`\n    ${line}\n`);
    expect(status).toBe(1);
  });

  it('takes a flag after the dashes as the tool’s own, whatever npm is told of its log', () => {
    const { stderr } = npmRun(['--long', '--loglevel=warn', 'redrive', 'nowhere', 'at', 'all', '--', '--dlq']);
    expect(stderr).not.toContain('npm kept');
    expect(stderr).toMatch(/npm run redrive \[STAGE\]|No stack runs on this machine/);
  });

  it.each([
    'doctor dev classroom library',
    'resume dev classroom library',
    'secrets dev revoke shop library',
    'secrets dev check library',
    'signup dev shop/1 library',
    'redrive dev all library',
    'forget dev ann@example.com library',
    'synth library',
    'config dev library',
  ])('refuses a word that the tool does not know, before it does anything: %s', (line) => {
    const { status, stdout, stderr } = run(line.split(' '));
    expect(stderr).toMatch(/^library is too much.*npm run/);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('asks which tool, where none is named', () => {
    expect(run([])).toMatchObject({ status: 1, stderr: expect.stringContaining('Which tool?') });
  });
});
