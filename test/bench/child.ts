import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

/** A process that answers one message with one. */
export interface Child {
  readonly pid: number;
  /** @throws Error where the process ends instead, or answers `{"error"}` */
  readonly ask: <T>(message: object, answer: z.ZodType<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

export interface ChildOptions {
  readonly args?: readonly string[];
  /** Node's own. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its output goes. */
  readonly log: string;
}

/**
 * Starts a script of `processes/` in a Node of its own, with nothing of this process's environment, and waits until it is ready.
 *
 * @throws Error where it ends before it is
 */
export async function startChild(
  script: string,
  { args = [], flags = [], environment = {}, log }: ChildOptions,
): Promise<Child> {
  const output = openSync(log, 'a');
  const path = fileURLToPath(new URL(`processes/${script}`, import.meta.url));
  const env = { PATH: process.env.PATH ?? '', ...environment };
  const child = spawn(process.execPath, [...flags, path, ...args], { env, stdio: ['ignore', output, output, 'ipc'] });
  closeSync(output);
  const ended = once(child, 'exit').then(([code, signal]) => `${script} ended (${code ?? signal}); see ${log}`);

  const next = async (): Promise<unknown> => {
    const answered = once(child, 'message').then(([message]) => ({ message }));
    const first = await Promise.race([answered, ended]);
    if (typeof first === 'string') throw new Error(first);
    return first.message;
  };

  await next();
  return {
    pid: child.pid ?? 0,
    ask: async (message, answer) => {
      const reply = next();
      child.send(message);
      const said = await reply;
      if (typeof said === 'object' && said !== null && 'error' in said) throw new Error(`${script}: ${said.error}`);
      return answer.parse(said);
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
