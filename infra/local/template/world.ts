/** Where the stack stands on this machine: what pseudo parameters, names and ARNs are made of. */
export interface World {
  readonly region: string;
  readonly stackName: string;
  /** The base address of SQS; queue URLs begin with it. */
  readonly sqs: string;
  /** The base address of the HTTP API. */
  readonly api: string;
}

/** The only account that the embedded SQS and SNS know. */
export const account = '000000000000';

/** An ARN on this machine. */
export const arn = (world: World, service: string, resource: string): string =>
  `arn:aws:${service}:${world.region}:${account}:${resource}`;
