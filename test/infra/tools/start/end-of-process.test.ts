import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const module = join(import.meta.dirname, '../../../../infra/tools/start/end-of-process.ts');
/** Prints until it is told to end, and then goes on to the end of its work. */
const program = `
  const { endOfProcess } = await import(${JSON.stringify(module)});
  const timer = setInterval(() => console.log('event'), 5);
  await endOfProcess();
  clearInterval(timer);
  console.error('cleaned up');
`;

it.each(['its reader ends', 'a signal comes'])(
  'a tool that prints without end cleans up and ends well when %s',
  async (when) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      env: { PATH: process.env.PATH ?? '' },
    });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const ended = once(child, 'close');
    await once(child.stdout.resume(), 'data');
    if (when === 'its reader ends') child.stdout.destroy();
    else child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(errors).toBe('cleaned up\n');
  },
);
