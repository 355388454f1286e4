import { Annotations, CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TimeLimits } from '../lambdas/provision-user/config.ts';
import type { CheckedConfig } from './checks/checked-config.ts';
import { Alarms } from './constructs/alarms.ts';
import { ApiFunctions } from './constructs/api-functions.ts';
import { DestinationWorker } from './constructs/destination-worker.ts';
import * as names from './constructs/names.ts';
import { Overview } from './constructs/overview.ts';
import { admitSubscribers } from './constructs/results-policy.ts';
import { SignupApi } from './constructs/signup-api.ts';
import { State } from './constructs/state.ts';
import { assertTimeLimits } from './time-limits.ts';

export interface SignupStackProps extends StackProps {
  readonly config: CheckedConfig;
  readonly timeLimits: TimeLimits;
  /** A function's asset folder, by the function's name: `receive-signup`, `signup-status`, `provision-{destination}`. */
  readonly folderOf: (name: string) => string;
}

/** Everything that one stage is. */
export class SignupStack extends Stack {
  constructor(scope: Construct, id: string, { config, timeLimits, folderOf, ...props }: SignupStackProps) {
    super(scope, id, { ...props, description: `Matriculate (${config.stage}): signup webhooks in, accounts out` });
    assertTimeLimits(timeLimits);
    const { stage } = config;
    const state = new State(this, 'State', config, timeLimits);
    admitSubscribers(state.topic, config.subscribers);
    const functions = new ApiFunctions(this, 'Functions', { config, state, folderOf });
    const api = new SignupApi(this, 'Api', { config, ...functions, removalPolicy: state.removalPolicy });
    for (const [destination, settings] of Object.entries(config.destinations))
      new DestinationWorker(this, names.logicalId('Destination', destination), {
        stage,
        destination,
        settings,
        state,
        folder: folderOf(`provision-${destination}`),
        timeLimits,
      });

    new Alarms(this, 'Alarms', { config, timeLimits, topics: state.alertTopics });
    new Overview(this, 'Overview', config);

    for (const [index, warning] of config.warnings.entries())
      Annotations.of(this).addWarningV2(`matriculate:config-${index}`, warning);
    Tags.of(this).add('project', 'matriculate');
    Tags.of(this).add('stage', stage);
    this.#outputs(config, state, api);
  }

  /** What a person needs next, as printed by `cdk deploy`. */
  #outputs({ stage, sources, destinations }: CheckedConfig, state: State, api: SignupApi): void {
    const output = (id: string, value: string, description: string) => new CfnOutput(this, id, { value, description });
    output('ApiUrl', api.url, 'Where the API is');
    for (const source of Object.keys(sources)) {
      const url = `${api.url}/webhooks/${source}`;
      output(names.logicalId('WebhookUrl', source), url, `Paste this into ${source}`);
      output(names.logicalId('SourceSecretName', source), names.sourceSecretName(stage, source), `Keys of ${source}`);
    }
    for (const destination of Object.keys(destinations)) {
      const queue = state.queues[destination]?.queue;
      if (queue !== undefined)
        output(names.logicalId('QueueUrl', destination), queue.queueUrl, `Signups on their way to ${destination}`);
      const secret = names.destinationSecretName(stage, destination);
      output(names.logicalId('DestinationSecretName', destination), secret, `Credentials at ${destination}`);
    }
    output('ResultsTopicArn', state.topic.topicArn, 'Subscribe here to learn what became of signups');
    output('LedgerTableName', state.table.tableName, 'Every signup and its state');
    if (api.domainTarget !== undefined)
      output('DomainTarget', api.domainTarget, 'The CNAME or alias record of the domain points here');
  }
}
