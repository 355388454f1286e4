import { execFile } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { AppOptions } from '../app.ts';

/** What to synthesize; plain data, because it travels to another process. */
export interface Synthesis extends Omit<AppOptions, 'nag'> {
  readonly outdir: string;
  readonly bundles: string;
  /** Whether the functions are to be bundled first, into `bundles`. */
  readonly bundling: boolean;
}

/**
 * Bundles and synthesizes in a process of its own: the CDK holds 300 MB, and a process of that size is slow to start functions from.
 *
 * @throws Error with what that process said
 */
export function synthesize(synthesis: Synthesis): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [fileURLToPath(import.meta.url)], (error, _, stderr) => {
      if (error) reject(new Error(`the stack can't be synthesized:\n${stderr}`));
      else resolve();
    });
    child.stdin?.end(JSON.stringify(synthesis));
  });
}

if (import.meta.main) {
  const { bundling, bundles, ...options }: Synthesis = JSON.parse(await text(process.stdin));
  const [{ createApp }] = await Promise.all([
    import('../app.ts'),
    bundling && import('../bundle.ts').then(({ bundle }) => bundle(bundles)),
  ]);
  createApp({ ...options, bundles, nag: false }).synth();
}
