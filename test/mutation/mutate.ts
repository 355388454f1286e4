import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { partOf } from './parts.ts';

/** `npm run mutate PART`: changes the part's code in every small way, one at a time, and shows which changes no test notices. */
const [part, ...more] = process.argv.slice(2);
try {
  partOf(part);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const root = join(import.meta.dirname, '../..');
const { status } = spawnSync('npx', ['stryker', 'run', 'test/mutation/stryker.config.mjs', ...more], {
  cwd: root,
  env: { ...process.env, MUTATED_PART: part },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
