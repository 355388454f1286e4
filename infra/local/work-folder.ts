import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const name = /^stack-(\d+)-/;

/** A folder for one stack's bundles and template: stacks side by side don't disturb each other. What killed ones left behind goes. */
export function makeWorkFolder(directory: string): { readonly path: string; readonly remove: () => void } {
  mkdirSync(directory, { recursive: true });
  for (const entry of readdirSync(directory)) {
    const owner = name.exec(entry)?.[1];
    if (owner !== undefined && !isAlive(Number(owner)))
      rmSync(join(directory, entry), { recursive: true, force: true });
  }
  const path = mkdtempSync(join(directory, `stack-${process.pid}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
