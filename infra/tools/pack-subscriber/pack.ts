import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '../../..');
const sources = join(root, 'lambdas/subscriber');

const packedSchema = z.array(z.object({ filename: z.string() })).length(1);

/**
 * Compiles the library to plain JavaScript with type declarations, adds the contract, and packs it.
 *
 * @param folder where the tarball goes
 * @returns the tarball's path
 * @throws Error with the compiler's words where it does not compile
 */
export function packSubscriber(folder: string = join(root, 'build')): string {
  const staging = join(folder, 'subscriber');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['--project', sources, '--outDir', staging], { encoding: 'utf8' });
  for (const file of readdirSync(staging)) if (file.endsWith('.d.ts')) pointToJavaScript(join(staging, file));
  for (const file of ['package.json', 'README.md']) cpSync(join(sources, file), join(staging, file));
  cpSync(join(root, 'LICENSE'), join(staging, 'LICENSE'));
  cpSync(join(root, 'infra/contract/v1'), join(staging, 'contract'), { recursive: true });
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: staging,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename } = { filename: '' }] = packedSchema.parse(JSON.parse(packed));
  return join(folder, filename);
}

/** The compiler rewrites `./x.ts` to `./x.js` in JavaScript only; older compilers would look for the source. */
function pointToJavaScript(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"));
}
