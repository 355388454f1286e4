import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import { check, largest } from './example-config.ts';
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
