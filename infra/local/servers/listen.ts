import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

export interface RunningServer {
  /** Such as `http://127.0.0.1:4600`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts an HTTP server on the loopback interface.
 *
 * @param port 0 takes any free port
 * @throws Error with code `EADDRINUSE` where the port is taken
 */
export async function listen(handler: RequestListener, port = 0): Promise<RunningServer> {
  return running(createServer(handler), port);
}

/** The same for a server that somebody else made. */
export async function running(server: Server, port = 0): Promise<RunningServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('a server without a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole of a request's body. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
