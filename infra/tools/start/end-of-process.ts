const lookMs = 250;

/**
 * Resolves when the process is told to end: by Ctrl-C, by a signal, by npm's end, or by the end of whoever reads its output. (npm passes a
 * signal on to the shell between, which ends without passing it on.) The second Ctrl-C ends it at once.
 */
export function endOfProcess(): Promise<void> {
  return new Promise((end) => {
    process.stdout.on('error', (error) => {
      if (!('code' in error) || error.code !== 'EPIPE') throw error;
      end();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        end();
        process.once(signal, () => process.exit(130));
      });
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) end();
    }, lookMs);
    timer.unref();
  });
}
