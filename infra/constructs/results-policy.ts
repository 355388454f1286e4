import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';

/** Other accounts subscribe only if the config names them, and only queues: a queue keeps what its reader is not there for. */
export function admitSubscribers(topic: Topic, accounts: readonly string[]): void {
  if (accounts.length === 0) return;
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'NamedAccountsSubscribe',
      principals: accounts.map((account) => new AccountPrincipal(account)),
      actions: ['sns:Subscribe'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'sns:Protocol': 'sqs' } },
    }),
  );
}
