/** How an invocation ended, as Lambda tells the invoker. */
export type InvocationResult =
  /** The handler's result as JSON text. */
  | { readonly ok: true; readonly payload: string }
  /** The handler threw, or its process ended, or it was too slow: `Runtime.ExitError`, `Sandbox.Timedout`, an error's own name. */
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** An event on its way into a function. */
export interface Invocation {
  readonly requestId: string;
  /** The event as JSON text. */
  readonly event: string;
}

/** A function on this machine. */
export interface RunningFunction {
  readonly name: string;
  /** The AWS access key that its processes sign with; no other function has the same. */
  readonly accessKeyId: string;
  /** Runs the handler in a process of its own. Never rejects. */
  readonly invoke: (event: unknown) => Promise<InvocationResult>;
  /** The processes that are alive, busy or not. */
  readonly pids: () => number[];
  /** The processes that have an invocation. */
  readonly busyPids: () => number[];
  /** Everything that it logged since the stack started. */
  readonly logs: () => string;
  /** The log's file. */
  readonly logFile: string;
  readonly usage: () => Readonly<Usage>;
  /** Kills every process and starts no other. */
  readonly stop: () => Promise<void>;
}

export interface Usage {
  invocations: number;
  /** Invocations that ended with an error, a crash or a timeout. */
  errors: number;
  coldStarts: number;
  /** As Lambda bills: from the event's hand-over to the answer, and the start of the process, each rounded up to a millisecond. */
  billedMs: number;
}
