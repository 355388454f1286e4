/** Where AWS is on this machine: base addresses for any AWS SDK client. */
export interface Endpoints {
  readonly sqs: string;
  readonly sns: string;
  readonly dynamodb: string;
  readonly secretsmanager: string;
}
