import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, workerBundle } from '../../../infra/bundle.ts';

/**
 * The functions' real bundles, but that a platform's worker dies (SIGKILL) as soon as it decodes a body that holds the poison, as one
 * would whose memory a message uses up.
 *
 * @param poison letters, digits, `@` and dots
 */
export async function poisonedBundles(outdir: string, platform: string, poison: string): Promise<void> {
  await bundle(outdir);
  const death = `
const decode = TextDecoder.prototype.decode;
TextDecoder.prototype.decode = function (...parts) {
  const text = decode.apply(this, parts);
  if (this.fatal && text.includes(${JSON.stringify(poison)})) process.kill(process.pid, 'SIGKILL');
  return text;
};`;
  await appendFile(join(outdir, workerBundle(platform), 'index.mjs'), death);
}
