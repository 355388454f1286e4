import { CfnOutput, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/nag.ts';
import { recipientSecretName } from '../constructs/names.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { alarmOnDeadLetters } from './dead-letter-alarm.ts';
import { makeMailQueues } from './mail-queues.ts';
import type { MailerConfig } from './mailer-config.ts';
import { consume, readRecipientSecret, rememberMails, sendMailFrom } from './mailer-permissions.ts';
import { makeSentMails } from './sent-mails-table.ts';
import { subscribe } from './subscription.ts';

export interface MailerStackProps extends StackProps {
  readonly config: MailerConfig;
  /** The folder with the bundled function. */
  readonly folder: string;
}

const timeoutMs = 30_000;

export const mailerName = (stage: string): string => `matriculate-${stage}-welcome-mailer`;

/** Everything that a subscriber is, in an account of its own if need be: subscription, queue, dead letter queue and its alarm, and the function. */
export class MailerStack extends Stack {
  constructor(scope: Construct, id: string, { config, folder, ...props }: MailerStackProps) {
    super(scope, id, { ...props, description: `Welcomes the learners of matriculate-${config.stage} by mail` });
    const name = mailerName(config.stage);
    const secretName = recipientSecretName(config.stage, config.recipient);
    const { queue, deadLetters } = makeMailQueues(this, name, timeoutMs);
    subscribe(this, config, queue, deadLetters);
    const table = makeSentMails(this, name);
    const mailer = new ServiceFunction(this, 'Mailer', {
      stage: config.stage,
      functionName: name,
      description: 'Welcomes learners by mail',
      folder,
      timeoutMs,
      memorySize: 256,
      environment: {
        MAIL_FROM: config.from,
        RECIPIENT_SECRET: secretName,
        TABLE_NAME: table.tableName,
        SERVICE: name,
      },
      statements: [
        consume(queue),
        readRecipientSecret(this, secretName),
        rememberMails(table),
        sendMailFrom(this, config.address, config.configurationSet),
      ],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const mapping = mailer.function.addEventSourceMapping('Events', {
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
    acknowledge(mapping, 'mappingDestination', 'It is for streams; here the queue has its dead letter queue.');
    alarmOnDeadLetters(this, name, deadLetters, config.alerts);
    Tags.of(this).add('project', 'matriculate');
    Tags.of(this).add('stage', config.stage);
    new CfnOutput(this, 'RecipientSecretName', {
      value: secretName,
      description: 'Must hold the private keys that npm run recipient has made',
    });
    new CfnOutput(this, 'DeadLetterQueueUrl', {
      value: deadLetters.queueUrl,
      description: 'Mails that could not be sent',
    });
  }
}
