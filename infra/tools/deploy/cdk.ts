import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How a command of the CDK's ended. */
export interface CdkEnd {
  readonly code: number;
  /** Everything that it said, as it was shown. */
  readonly said: string;
}

const packageFile = createRequire(import.meta.url).resolve('aws-cdk/package.json');

/** Runs the CDK's own command line on the assembly that synth has written, and shows what it says. */
export function runCdk(assembly: string, words: readonly string[]): Promise<CdkEnd> {
  const command = join(dirname(packageFile), 'bin/cdk');
  const child = spawn(process.execPath, [command, '--app', assembly, ...words], {
    stdio: ['inherit', 'pipe', 'pipe'],
    // What is deployed where is nobody else's business.
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
  });
  let said = '';
  const show = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
    said += chunk;
    to.write(chunk);
  };
  child.stdout.on('data', show(process.stdout));
  child.stderr.on('data', show(process.stderr));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}
