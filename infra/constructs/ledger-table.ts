import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { fixed } from './fixed.ts';
import { tableName } from './names.ts';

/** The ledger: one item a signup, person or session, whose key begins with its destination. */
export function makeLedgerTable(scope: Construct, stage: string, key: Key, removalPolicy: RemovalPolicy): Table {
  const table = new Table(scope, 'Ledger', {
    tableName: tableName(stage),
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expires',
    deletionProtection: stage !== 'dev',
    removalPolicy,
  });
  // Open outcomes only: items without these two attributes are not in it.
  table.addGlobalSecondaryIndex({
    indexName: 'open',
    partitionKey: { name: 'openIn', type: AttributeType.STRING },
    sortKey: { name: 'openedAt', type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  return fixed('Ledger', table);
}
