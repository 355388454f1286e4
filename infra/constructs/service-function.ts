import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './nag.ts';

export interface ServiceFunctionProps {
  readonly stage: string;
  readonly functionName: string;
  readonly description: string;
  /** The folder with `index.mjs` and `config.json`. */
  readonly folder: string;
  readonly timeoutMs: number;
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything it may do beside writing its own log. */
  readonly statements: readonly PolicyStatement[];
  readonly removalPolicy: RemovalPolicy;
  readonly reservedConcurrentExecutions?: number | undefined;
}

/** A function with a role and a log group of its own, allowed nothing but what is written down for it. */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${props.functionName}`,
      retention: props.stage === 'dev' ? RetentionDays.ONE_WEEK : RetentionDays.ONE_MONTH,
      removalPolicy: props.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const writeLog = new PolicyStatement({
      sid: 'WriteItsLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    const policy = new Policy(this, 'Policy', { roles: [this.role], statements: [writeLog, ...props.statements] });
    this.function = new LambdaFunction(this, 'Function', {
      functionName: props.functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(readableByAll(props.folder)),
      role: this.role,
      logGroup,
      timeout: Duration.seconds(Math.ceil(props.timeoutMs / 1000)),
      memorySize: props.memorySize,
      environment: { ...props.environment },
      ...(props.reservedConcurrentExecutions !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      }),
    });
    acknowledge(
      this.function,
      'functionDeadLetters',
      'It is never invoked asynchronously: the caller or the queue keeps what fails.',
    );
    acknowledge(
      this.function,
      'tracing',
      'Tracing needs a permission on every resource; one signupId in each log line joins the steps.',
    );
    // The first message must not meet a function whose role can do nothing yet.
    this.function.node.addDependency(policy);
  }
}

/**
 * A function's user owns none of its files, and the package has them as they are here, so that a strict umask would make a function that can't
 * be read; with the same hash, so that no later deployment would mend it ("Deployment package file permissions" asks for 644).
 */
function readableByAll(folder: string): string {
  for (const file of readdirSync(folder)) chmodSync(join(folder, file), 0o644);
  return folder;
}
