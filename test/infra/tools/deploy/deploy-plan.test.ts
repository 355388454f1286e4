import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryOut, type DeployEffects } from '../../../../infra/tools/deploy/carry-out.ts';
import { planDeployment } from '../../../../infra/tools/deploy/deploy-plan.ts';
import { whatToPaste } from '../../../../infra/tools/deploy/what-to-paste.ts';
import { ToolError } from '../../../../infra/tools/tool-error.ts';
import { check, largest, smallest } from '../../example-config.ts';
import { answers } from '../answers.ts';

const plan = planDeployment(check(largest), '/build/outputs.json');

/** A deployment whose effects are noted; the CDK's commands end as told, each kind in its turn. */
function deployment(
  typed: readonly string[],
  changes: Partial<DeployEffects> = {},
  ends: Readonly<Record<string, readonly [number, string][]>> = {},
) {
  const did: string[] = [];
  const left = Object.fromEntries(Object.entries(ends).map(([command, list]) => [command, [...list]]));
  const somebody = answers(...typed);
  const effects: DeployEffects = {
    cdk: async (words) => {
      did.push(`cdk ${words.join(' ')}`);
      const [code, said] = left[words[0] ?? '']?.shift() ?? [0, ''];
      return { code, said };
    },
    asker: {
      yes: (question) => {
        did.push(question);
        return somebody.yes(question);
      },
    },
    checkRemovals: async () => void did.push('removals'),
    fillSecrets: async () => void did.push('secrets'),
    sayWhatToPaste: () => void did.push('paste'),
    examine: async () => did.push('doctor') > 0,
    say: () => undefined,
    ...changes,
  };
  return { did, run: () => carryOut(plan, effects) };
}

const deployLine = 'cdk deploy matriculate-prod --require-approval never --outputs-file /build/outputs.json';

describe('a deployment', () => {
  it('refuses, shows, asks, deploys, fills secrets, says what to paste and examines, in this order', async () => {
    const { did, run } = deployment(['y']);
    expect(await run()).toBe(true);
    expect(did).toEqual([
      'removals',
      'cdk diff matriculate-prod',
      'Deploy matriculate-prod to the account 444455556666?',
      deployLine,
      'secrets',
      'paste',
      'doctor',
    ]);
  });

  it('changes nothing without a yes', async () => {
    const { did, run } = deployment(['n']);
    expect(await run()).toBe(false);
    expect(did.at(-1)).toMatch(/^Deploy matriculate-prod/);
  });

  it('does not even show what would change while a destination that leaves holds signups', async () => {
    const { did, run } = deployment([], {
      checkRemovals: async () => {
        throw new ToolError('holds signups');
      },
    });
    await expect(run()).rejects.toThrow('holds signups');
    expect(did).toEqual([]);
  });

  it('bootstraps an account that has never seen the CDK, after a question, and goes on', async () => {
    const never =
      '❌ matriculate-prod failed: SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped?';
    const { did, run } = deployment(['y', 'y'], {}, { deploy: [[1, never]] });
    expect(await run()).toBe(true);
    expect(did.slice(3, 7)).toEqual([
      deployLine,
      expect.stringMatching(/Bootstrap them\?$/),
      'cdk bootstrap aws://444455556666/eu-central-1',
      deployLine,
    ]);
  });

  it.each([
    ['the diff', ['diff', 'no credentials'], 2],
    ['the deployment, for another reason', ['deploy', 'CREATE_FAILED'], 4],
  ])('ends where %s went wrong', async (_, [command = '', said = ''], steps) => {
    const { did, run } = deployment(['y'], {}, { [command]: [[1, said]] });
    expect(await run()).toBe(false);
    expect(did).toHaveLength(steps);
  });

  it('has failed where the doctor finds something wrong: an alert that nobody has confirmed, say', async () => {
    expect(await deployment(['y'], { examine: async () => false }).run()).toBe(false);
  });

  it('leaves account and region to the shell where the config names none', () => {
    const steps = planDeployment(check(smallest), 'o.json');
    expect(steps).toContainEqual(expect.objectContaining({ kind: 'deploy', bootstrap: ['bootstrap'] }));
    expect(steps).toContainEqual({ kind: 'ask', question: 'Deploy matriculate-prod?' });
  });
});

it('says what to paste where, out of the stack’s own outputs', () => {
  const outputs = {
    'matriculate-prod': {
      WebhookUrlShop: 'https://signups.academy.example/webhooks/shop',
      WebhookUrlOwnXsite: 'https://signups.academy.example/webhooks/own-site',
      ResultsTopicArn: 'arn:aws:sns:eu-central-1:1:matriculate-prod-results',
      DomainTarget: 'd-1.execute-api',
    },
  };
  const told = whatToPaste(check(largest), outputs);
  expect(told).toContain('shop      https://signups.academy.example/webhooks/shop');
  expect(told).toContain('own-site  https://signups.academy.example/webhooks/own-site');
  expect(told).toContain('d-1.execute-api');
  expect(told).not.toContain('not in the outputs');
});

it.each(['README.md', 'infra/README.md'])('gives a pipeline, in %s, a command that asks nobody', (file) => {
  const text = readFileSync(join(import.meta.dirname, '../../../..', file), 'utf8');
  const lines = text.split('\n').filter((line) => /\ba pipeline\b.*`npx cdk deploy/i.test(line));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('`npx cdk deploy matriculate-prod --require-approval never`');
});
