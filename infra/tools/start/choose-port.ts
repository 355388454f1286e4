import { listen } from '../../local/servers/listen.ts';
import { ToolError } from '../tool-error.ts';

/**
 * The API's port: the one that was asked for or, where none was, the usual one if it is free.
 *
 * @param usual taken where `asked` is `undefined`
 * @returns 0 for any free port
 * @throws ToolError where the port that was asked for can't be had
 */
export async function choosePort(asked: number | undefined, usual: number): Promise<number> {
  const port = asked ?? usual;
  const problem = await problemWith(port);
  if (problem === undefined) return port;
  if (asked !== undefined) throw new ToolError(`Port ${port} ${problem}. Choose another: --port N`);
  console.log(`Port ${port} ${problem}; taking another.`);
  return 0;
}

async function problemWith(port: number): Promise<string | undefined> {
  try {
    await (await listen((_, response) => response.end(), port)).close();
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : String(error);
    if (code === 'EADDRINUSE') return 'is taken';
    return code === 'EACCES' ? 'is not open to you' : `can't be had (${code})`;
  }
}
