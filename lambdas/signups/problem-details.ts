/** An error for whoever called (RFC 9457). */
export interface ProblemDetails {
  /** The HTTP status. */
  readonly status: number;
  readonly title: string;
  /** What was wrong, and what to do about it. */
  readonly detail: string;
}

export const problemMediaType = 'application/problem+json';

/** The problem as the body of an answer. */
export const writeProblem = ({ status, title, detail }: ProblemDetails): string =>
  JSON.stringify({ type: 'about:blank', title, status, detail });
