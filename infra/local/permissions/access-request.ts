/** One thing that a call asks to be allowed; a call can ask for several. */
export interface AccessRequest {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** What conditions look at, by keys in lower case such as `dynamodb:leadingkeys`. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}
