import { once } from 'node:events';
import type { Server } from 'node:http';

/** The simulator's port on 127.0.0.1, which can be closed for a while, so that connections are refused before anything is read. */
export interface Port {
  /** `http://127.0.0.1:{port}` */
  readonly origin: string;
  /** Refuses connections from now on, for so many milliseconds; calls that are being answered go on. */
  readonly shut: (ms: number) => void;
  /** Resolves when connections are taken again. */
  readonly reopen: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openPort(server: Server, wanted: number): Promise<Port> {
  await listen(server, wanted);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : wanted;
  let timer: NodeJS.Timeout | undefined;
  let opening: Promise<void> | undefined;

  const reopen = (): Promise<void> => {
    clearTimeout(timer);
    if (server.listening) return Promise.resolve();
    opening ??= retrying(() => listen(server, port)).finally(() => {
      opening = undefined;
    });
    return opening;
  };

  return {
    origin: `http://127.0.0.1:${port}`,
    shut: (ms) => {
      clearTimeout(timer);
      server.close();
      timer = setTimeout(() => void reopen(), ms);
    },
    reopen,
    close: async () => {
      clearTimeout(timer);
      await opening;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

/** Somebody may have taken the port in the meantime, such as an outgoing connection; it comes back soon. */
async function retrying(attempt: () => Promise<void>, left = 100): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (left === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 20));
    await retrying(attempt, left - 1);
  }
}
