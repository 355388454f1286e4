import { wasNeverSent } from './never-sent.ts';

/** One call of a vendor. */
export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** The call's deadline. */
  readonly signal: AbortSignal;
}

/** What became of a call. `message` is ours: no URL, body or header is ever in it. */
export type VendorReply =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly body: Uint8Array }
  /** The request certainly never left: refused, no such host, no connection in time, TLS. */
  | { readonly kind: 'not-sent'; readonly message: string }
  /** The request left, or may have; nobody knows what came of it. */
  | { readonly kind: 'lost'; readonly message: string };

export type AnsweredReply = Extract<VendorReply, { kind: 'answered' }>;

const largestReply = 1_000_000;

/**
 * The adapters' only way to a vendor. Never throws, never follows a redirect, never repeats a request, reads at most 1 MB.
 *
 * Every call has a connection of its own: a kept one that the vendor closes while Lambda is frozen would lose the request, and
 * a lost request is a signup of which nobody knows. That is worth a handshake.
 */
export async function callVendor(request: VendorRequest): Promise<VendorReply> {
  if (request.signal.aborted) return { kind: 'not-sent', message: 'no time was left for the call' };
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { 'user-agent': 'matriculate', ...request.headers, connection: 'close' },
      body: request.body ?? null,
      redirect: 'manual',
      signal: request.signal,
    });
    const body = await readAtMost(response.body, largestReply);
    if (body === null) return { kind: 'lost', message: 'the reply is larger than 1 MB' };
    return { kind: 'answered', status: response.status, headers: response.headers, body };
  } catch (error) {
    const never = wasNeverSent(error);
    if (never !== null) return { kind: 'not-sent', message: never };
    if (request.signal.aborted) return { kind: 'lost', message: 'no reply within the time for a call' };
    return { kind: 'lost', message: 'the connection was cut before the reply was complete' };
  }
}

/** @returns `null` where there is more */
async function readAtMost(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array | null> {
  if (stream === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop cancels the stream and ends the connection.
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
