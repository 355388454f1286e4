import { ConfigError } from './mistakes.ts';

/** For whoever types a command: a config's mistakes are printed as they are, without a stack trace, and the exit code is 1. */
export async function reportingMistakes(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
