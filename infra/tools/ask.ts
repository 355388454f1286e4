import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ToolError } from './tool-error.ts';

/** Whoever typed the command, asked. */
export interface Asker {
  /** What is typed is not shown. */
  readonly hidden: (question: string) => Promise<string>;
  readonly line: (question: string) => Promise<string>;
  /** Nothing but `y` or `yes` is a yes. */
  readonly yes: (question: string) => Promise<boolean>;
}

/** Asks at the terminal; where there is none, each answer is a line of the standard input, so that a script can give them. */
export function terminalAsker(): Asker {
  const line = process.stdin.isTTY ? askAtTerminal : pipedLines();
  return {
    hidden: (question) => line(question, true),
    line: (question) => line(question, false),
    yes: async (question) => /^y(es)?$/i.test(await line(`${question} [y/N] `, false)),
  };
}

async function askAtTerminal(question: string, isHidden: boolean): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: isHidden ? silent : process.stdout, terminal: true });
  if (isHidden) process.stdout.write(question);
  const interrupted = new Promise<never>((_, reject) => {
    lines.once('SIGINT', () => reject(new ToolError('Nothing was changed.')));
  });
  try {
    return (await Promise.race([lines.question(isHidden ? '' : question), interrupted])).trim();
  } finally {
    lines.close();
    if (isHidden) process.stdout.write('\n');
  }
}

function pipedLines(): (question: string) => Promise<string> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  return async (question) => {
    process.stdout.write(`${question}\n`);
    const next = await lines.next();
    if (next.done) throw new ToolError('There was no answer to that on the standard input; nothing was changed.');
    return next.value.trim();
  };
}
