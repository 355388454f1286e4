import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** What the account may do with the key, and hand on by its own IAM policies; KMS would take `kms:*` for it. */
const accountActions = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:ListRetirableGrants',
  'kms:PutKeyPolicy',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:RetireGrant',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/**
 * The one key for everything that holds personal data: queues, ledger, results. Subscribers need nothing of it, in whatever account they are:
 * SNS decrypts for them, and their own queue's key must let SNS in.
 */
export function makeKey(scope: Construct, stage: string, removalPolicy: RemovalPolicy): Key {
  const account = new PolicyStatement({
    sid: 'Account',
    principals: [new AccountRootPrincipal()],
    actions: accountActions,
    resources: ['*'],
  });
  // An alarm publishes by itself; without this it rings and nobody hears it.
  const alarms = new PolicyStatement({
    sid: 'Alarms',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
  return new Key(scope, 'Key', {
    alias: `alias/matriculate-${stage}`,
    description: `Signups of matriculate-${stage}: queues, ledger and results`,
    enableKeyRotation: true,
    removalPolicy,
    policy: new PolicyDocument({ statements: [account, alarms] }),
  });
}
