/** Notes what came of one hostile input, or of several that ended alike. */
export type Note = (answer: string, count?: number) => void;

/** One kind of hostile input: tried many times, and each time it must end in one of the ways that are right. A throw is a crash. */
export interface Attack {
  /** What is attacked. */
  readonly target: string;
  readonly what: string;
  /** How it may end. */
  readonly allowed: readonly string[];
  /** @returns something measured that is worth a place in the table */
  readonly run: (note: Note) => Promise<string | undefined>;
}

/** Processor time of this process, in milliseconds: a busy machine does not count. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
