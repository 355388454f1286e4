import type { ClientRequest, IncomingMessage } from 'node:http';

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
  | { readonly kind: 'answered'; readonly status: number; readonly headers: ReplyHeaders; readonly body: Uint8Array }
  /** The request certainly never left: refused, no such host, no connection in time, TLS. */
  | { readonly kind: 'not-sent'; readonly message: string }
  /** The request left, or may have; nobody knows what came of it. */
  | { readonly kind: 'lost'; readonly message: string };

export type AnsweredReply = Extract<VendorReply, { kind: 'answered' }>;

export interface ReplyHeaders {
  /** @param name in lower case @returns doubled ones joined by commas; `null` where there is none */
  readonly get: (name: string) => string | null;
}

const largestReply = 1_000_000;

/**
 * The adapters' only way to a vendor. Never throws, never follows a redirect, never repeats a request, reads at most 1 MB.
 *
 * Every call has a connection of its own: a kept one that the vendor closes while Lambda is frozen would lose the request, and
 * a lost request is a signup of which nobody knows. That is worth a handshake.
 */
export async function callVendor(request: VendorRequest): Promise<VendorReply> {
  const { signal } = request;
  if (signal.aborted) return { kind: 'not-sent', message: 'no time was left for the call' };
  const url = URL.parse(request.url);
  if (url === null || !/^https?:$/.test(url.protocol))
    return { kind: 'not-sent', message: "the destination's url is not valid" };
  let stage: Stage = 'connecting';
  try {
    const outgoing = open(url, request);
    watch(outgoing, url, (reached) => {
      stage = reached;
    });
    const reply = await send(outgoing, request.body);
    const headers = headersOf(reply);
    const packed = await readAtMost(reply, largestReply);
    if (packed === null) return { kind: 'lost', message: 'the reply is larger than 1 MB' };
    const body = unpack(packed, headers.get('content-encoding'));
    if (body === null) return { kind: 'lost', message: 'the reply is packed, and not to be unpacked to 1 MB' };
    return { kind: 'answered', status: reply.statusCode ?? 0, headers, body };
  } catch (error) {
    return unanswered(stage, error, signal);
  }
}

/** How far a call has come. A byte of the request leaves in the last of them only. */
type Stage = 'connecting' | 'securing' | 'sent';

/**
 * By Node's own client: `fetch` costs the first call of a process 25 ms more, and each call twice as much. Not imported, because the import of
 * `node:http` loads whatever it has ever had, `fetch` included. Nothing is asked to be packed: replies are small.
 */
function open(url: URL, { method, headers, signal }: VendorRequest): ClientRequest {
  const { request } = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const common = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'matriculate' };
  return request(url, { method, headers: { ...common, ...headers, connection: 'close' }, agent: false, signal });
}

/** `secureConnect` comes after the certificate was accepted; nothing is written before. */
function watch(outgoing: ClientRequest, url: URL, reach: (stage: Stage) => void): void {
  const isSecure = url.protocol === 'https:';
  outgoing.once('socket', (socket) => {
    socket.once('connect', () => reach(isSecure ? 'securing' : 'sent'));
    if (isSecure) socket.once('secureConnect', () => reach('sent'));
  });
}

const send = (outgoing: ClientRequest, body: string | undefined): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    // For as long as it lives: an error may follow the response.
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** @returns `null` where there is more */
async function readAtMost(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop destroys the stream and ends the connection.
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Some pack without being asked, or say so of nothing. @returns `null` where it is neither gzip nor deflate, or more than 1 MB */
function unpack(body: Uint8Array, encoding: string | null): Uint8Array | null {
  if (body.length === 0 || encoding === null || encoding === 'identity') return body;
  try {
    return process.getBuiltinModule('node:zlib').unzipSync(body, { maxOutputLength: largestReply });
  } catch {
    return null;
  }
}

const headersOf = ({ headersDistinct }: IncomingMessage): ReplyHeaders => ({
  get: (name) => headersDistinct[name]?.join(', ') ?? null,
});

/** An error tells its code and nothing else. */
function unanswered(stage: Stage, error: unknown, { aborted }: AbortSignal): VendorReply {
  const code = error instanceof Error && 'code' in error ? error.code : 'no code';
  if (stage !== 'sent') {
    const what = stage === 'securing' ? 'no secure connection to the vendor' : 'no connection to the vendor';
    return { kind: 'not-sent', message: aborted ? `${what} in time` : `${what} (${code})` };
  }
  if (aborted) return { kind: 'lost', message: 'no reply within the time for a call' };
  return { kind: 'lost', message: 'the connection was cut before the reply was complete' };
}
