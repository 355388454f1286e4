/** Runs something with a signal that aborts after so many milliseconds; when the run is over, so is its clock. */
export type WithDeadline = <Result>(
  milliseconds: number,
  run: (signal: AbortSignal) => Promise<Result>,
) => Promise<Result>;

/** Not `AbortSignal.timeout`: nobody can end one early, so each signup's would stay in memory until it was due, long after the signup. */
export const withDeadline: WithDeadline = async (milliseconds, run) => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
};
