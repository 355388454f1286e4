import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** Synth fails on every finding that is not acknowledged where it belongs. */
export const checkByNag = (app: App): void =>
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

/** The rules that don't fit, by what they ask for. */
const rules = {
  rotation: 'AwsSolutions::AwsSolutions-SMG4',
  authorizer: 'AwsSolutions::AwsSolutions-APIG4',
  deadLettersOfDeadLetters: 'Serverless::Serverless-SQSRedrivePolicy',
  functionDeadLetters: 'Serverless::Serverless-LambdaDLQ',
  mappingDestination: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
  subscriptionDeadLetters: 'Serverless::Serverless-SNSRedrivePolicy',
  tracing: 'Serverless::Serverless-LambdaTracing',
} as const;

/** @param reason why the rule does not fit here, and which test (a file under `test/`) holds what it is there for */
export const acknowledge = (construct: IConstruct, rule: keyof typeof rules, reason: string): void =>
  Validations.of(construct).acknowledge({ id: rules[rule], reason });
