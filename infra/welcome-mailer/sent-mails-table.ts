import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { fixed } from '../constructs/fixed.ts';

/** The ids of the events that were mailed, and nothing else; kept for good, lest an event that is sent again be mailed again. */
export const makeSentMails = (scope: Construct, name: string): Table =>
  fixed(
    'SentMails',
    new Table(scope, 'SentMails', {
      tableName: `${name}-sent`,
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  );
