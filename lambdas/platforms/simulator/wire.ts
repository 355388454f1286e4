import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SentReply, SimulatedRequest } from './exchange.ts';

const largestRequest = 1_000_000;

/** Reads a request whole; `null` where it is larger than a megabyte or was cut. */
export async function receive(incoming: IncomingMessage): Promise<SimulatedRequest | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      if (size > largestRequest) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
  };
}

/** Sends a reply, or as much of it as the weather lets through. */
export function send(response: ServerResponse, { reply, cut }: SentReply): void {
  if (response.destroyed) return;
  if (cut === 'at-once') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
  if (cut === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy());
}
