import type { CheckedConfig } from '../../checks/checked-config.ts';
import { stackName } from '../../constructs/names.ts';

/** One thing that a deployment does; in this order, and nothing after one that went wrong. */
export type DeployStep =
  /** Refuse to take away a destination that still holds signups. */
  | { readonly kind: 'check-removals' }
  /** What would change. */
  | { readonly kind: 'show-changes'; readonly cdk: readonly string[] }
  | { readonly kind: 'ask'; readonly question: string }
  /** `bootstrap` is run first where the account has never seen the CDK, after a question. */
  | { readonly kind: 'deploy'; readonly cdk: readonly string[]; readonly bootstrap: readonly string[] }
  /** Ask for each secret that nobody has filled. */
  | { readonly kind: 'fill-secrets' }
  | { readonly kind: 'say-what-to-paste' }
  | { readonly kind: 'examine' };

/** @param outputsFile where the stack's outputs go, as JSON */
export function planDeployment({ stage, account, region }: CheckedConfig, outputsFile: string): readonly DeployStep[] {
  const stack = stackName(stage);
  const where = account !== undefined && region !== undefined ? [`aws://${account}/${region}`] : [];
  return [
    { kind: 'check-removals' },
    { kind: 'show-changes', cdk: ['diff', stack] },
    { kind: 'ask', question: `Deploy ${stack}${account === undefined ? '' : ` to the account ${account}`}?` },
    {
      kind: 'deploy',
      cdk: ['deploy', stack, '--require-approval', 'never', '--outputs-file', outputsFile],
      bootstrap: ['bootstrap', ...where],
    },
    { kind: 'fill-secrets' },
    { kind: 'say-what-to-paste' },
    { kind: 'examine' },
  ];
}
