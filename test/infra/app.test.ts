import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundledApp } from '../../infra/app.ts';
import { ConfigError } from '../../infra/checks/mistakes.ts';
import { parseProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import { check, largest, smallest } from './example-config.ts';
import { synthesize } from './synthesize.ts';

it('writes the same template twice', () => {
  const one = synthesize(check(largest));
  const other = synthesize(check(largest));
  expect(other.text).toBe(one.text);
});

describe('a function’s asset', () => {
  const { stagesFolder } = synthesize(check(largest));
  const configOf = (name: string): unknown =>
    JSON.parse(readFileSync(join(stagesFolder, 'prod', name, 'config.json'), 'utf8'));

  it('is there for the two functions of the API and for each destination', () => {
    expect(readdirSync(join(stagesFolder, 'prod')).sort()).toEqual([
      'provision-academy',
      'provision-classroom',
      'receive-signup',
      'signup-status',
    ]);
  });

  it('is the bundle and its config, and nothing else', () => {
    expect(readdirSync(join(stagesFolder, 'prod', 'receive-signup')).sort()).toEqual(['config.json', 'index.mjs']);
  });

  it('holds a config that the worker can read', () => {
    expect(parseProvisionUserConfig(configOf('provision-academy')).destination).toMatchObject({ id: 'academy' });
  });

  it('can be read by everybody, also where a strict umask made it', () => {
    const before = process.umask(0o077);
    const { outdir } = synthesize(check(smallest));
    process.umask(before);
    const folders = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
    const files = folders.flatMap((folder) => readdirSync(join(outdir, folder)).map((file) => join(folder, file)));
    expect(files).toHaveLength(6);
    for (const file of files) expect([file, statSync(join(outdir, file)).mode & 0o777]).toEqual([file, 0o644]);
  });

  it('tells receive-signup neither mappings nor vendors', () => {
    expect(JSON.stringify(configOf('receive-signup'))).not.toMatch(/mapping|billing|digitalchalk/);
  });
});

it('gives every finding of cdk-nag a reason, or fails', () => {
  const { outdir } = synthesize(check(largest), { nag: true });
  const report = z
    .object({
      pluginReports: z.array(
        z.object({
          pluginName: z.string(),
          violations: z.array(z.unknown()),
          suppressedViolations: z.array(z.object({ ruleName: z.string(), reason: z.string() })),
        }),
      ),
    })
    .parse(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')));
  expect(report.pluginReports.map(({ pluginName }) => pluginName)).toEqual(['AwsSolutions', 'Serverless']);
  expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  const acknowledged = report.pluginReports.flatMap(({ suppressedViolations }) => suppressedViolations);
  expect([...new Set(acknowledged.map(({ ruleName }) => ruleName))].sort()).toEqual([
    'AwsSolutions-APIG4',
    'AwsSolutions-SMG4',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaEventSourceMappingDestination',
    'Serverless-LambdaTracing',
    'Serverless-SNSRedrivePolicy',
    'Serverless-SQSRedrivePolicy',
  ]);
});

describe('a deployment of one stage', () => {
  /** Stages with these configs, and an app that goes nowhere else. */
  function places(stages: Readonly<Record<string, unknown>>) {
    const folder = mkdtempSync(join(tmpdir(), 'matriculate-stages-'));
    const configs = join(folder, 'config');
    mkdirSync(configs);
    for (const [stage, config] of Object.entries(stages))
      writeFileSync(join(configs, `${stage}.json`), JSON.stringify(config));
    return {
      configs,
      bundles: join(folder, 'functions'),
      stagesFolder: join(folder, 'stages'),
      outdir: join(folder, 'out'),
    };
  }

  it('hands the CDK no other stage, whose account it could bootstrap', async () => {
    const app = await bundledApp({
      only: 'qa',
      ...places({ qa: smallest, prod: { ...smallest, account: '444455556666' } }),
    });
    expect(app.synth().stacks.map(({ stackName }) => stackName)).toEqual(['matriculate-qa']);
  });

  it('checks every stage all the same', async () => {
    await expect(bundledApp({ only: 'qa', ...places({ qa: smallest, prod: {} }) })).rejects.toThrow(ConfigError);
  });
});
