import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bundles, bundle, workerBundle } from '../../infra/bundle.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';

const outdir = mkdtempSync(join(tmpdir(), 'matriculate-bundles-'));
const codeOf = (name: string) => readFileSync(join(outdir, name, 'index.mjs'), 'utf8');
const workers = Object.keys(platforms).map(workerBundle);
let bundles: Bundles;

beforeAll(async () => {
  bundles = await bundle(outdir);
});

/** The functions into which a package was bundled. */
const functionsWith = (name: string): string[] =>
  Object.entries(bundles.metafile.outputs)
    .filter(([, { inputs }]) => Object.keys(inputs).some((input) => input.includes(`node_modules/${name}/`)))
    .map(([path]) => path.split('/').at(-2) ?? path);

describe('the bundles', () => {
  it('are one for each function of the API and one for each platform', () => {
    expect(Object.keys(bundles.bytes).sort()).toEqual([...workers, 'receive-signup', 'signup-status'].sort());
  });

  it('need nothing but Node: no package is left outside', () => {
    const outside = Object.values(bundles.metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external).map(({ path }) => path.replace('node:', '')),
    );
    const { builtinModules } = process.getBuiltinModule('node:module');
    // `debug`, under `soap`, tries for colours and lives without.
    expect(outside.filter((path) => !builtinModules.includes(path) && path !== 'supports-color')).toEqual([]);
  });

  it('have `soap` in one, since it doubles a worker’s cold start', () => {
    expect(functionsWith('soap')).toEqual(['provision-user-digitalchalk-soap']);
  });

  it('leave to synth what a platform’s settings may be: workers get them checked and complete', () => {
    const inputs = Object.values(bundles.metafile.outputs).flatMap((output) => Object.keys(output.inputs));
    expect(inputs.filter((input) => /lambdas\/platforms\/.*settings\.ts$/.test(input))).toEqual([]);
  });

  it('can `require` only where a CommonJS part does', () => {
    const banner = (name: string) => codeOf(name).startsWith("import{createRequire}from'node:module'");
    expect(Object.keys(bundles.bytes).filter(banner)).toEqual(['provision-user-digitalchalk-soap']);
  });

  it('leave the whole of zod, which is 444 KB, to synth', () => {
    const inputs = Object.values(bundles.metafile.outputs).flatMap((output) => Object.keys(output.inputs));
    expect(inputs.filter((input) => /zod\/v4\/(classic|locales\/(?!en\.))/.test(input))).toEqual([]);
  });

  it('know no way to AWS credentials but the environment, which is where Lambda puts them', () => {
    for (const name of ['ini', 'sso', 'process', 'http', 'web-identity', 'login', 'imds'])
      expect(functionsWith(`@aws-sdk/credential-provider-${name}`)).toEqual([]);
    expect([...functionsWith('@aws-sdk/nested-clients'), ...functionsWith('@smithy/credential-provider-imds')]).toEqual(
      [],
    );
  });

  it.each([
    ['receive-signup', 400],
    ['provision-user-electa', 550],
    ['provision-user-digitalchalk-soap', 1150],
  ])('keep %s under %d KB', (name, kilobytes) => {
    expect(bundles.bytes[name]).toBeLessThanOrEqual(kilobytes * 1000);
  });

  it('keep vendors, mappings and the ledger out of receive-signup', () => {
    for (const name of ['jsonata', 'fast-xml-parser', '@aws-sdk/client-dynamodb', '@aws-sdk/client-sns'])
      expect(functionsWith(name)).not.toContain('receive-signup');
  });
});
