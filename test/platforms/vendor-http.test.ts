import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { callVendor, type VendorReply } from '../../lambdas/platforms/vendor-http.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const httpServer = (listener: RequestListener) => portOf(createServer(listener));
const socketServer = (listener: (socket: Socket) => void) =>
  portOf(createSocketServer((socket) => listener(socket.on('error', () => {}))));

/** The canary is in everything that an error could repeat. */
const canary = 'UO86CN11XY73SF72TT40PG18ZE76VV71';
const call = (port: number, { scheme = 'http', signal = AbortSignal.timeout(5000) } = {}): Promise<VendorReply> =>
  callVendor({
    method: 'POST',
    url: `${scheme}://127.0.0.1:${port}/token/?appkey=${canary}`,
    headers: { 'x-key': canary },
    body: `AppKey=${canary}`,
    signal,
  });

describe('an answer', () => {
  test('comes with status, headers and bytes, whatever the status', async () => {
    const port = await httpServer((_, response) => response.writeHead(418, { 'x-a': 'b' }).end(Buffer.from([0, 255])));
    const reply = await call(port);
    expect(reply).toMatchObject({ kind: 'answered', status: 418, body: Buffer.from([0, 255]) });
    expect(reply.kind === 'answered' && reply.headers.get('x-a')).toBe('b');
  });

  test('the body and the headers arrive as they were given, on a connection of their own', async () => {
    const seen: unknown[] = [];
    const port = await httpServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      const { connection, accept, 'user-agent': agent, 'x-key': key } = request.headers;
      seen.push([request.method, request.url, connection, accept, agent, key, body]);
      response.end();
    });
    await call(port);
    const own = ['close', '*/*', 'matriculate'];
    expect(seen).toEqual([['POST', `/token/?appkey=${canary}`, ...own, canary, `AppKey=${canary}`]]);
  });

  test('a redirect is an answer and is never followed', async () => {
    let calls = 0;
    const port = await httpServer((_, response) => {
      calls += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await call(port)).toMatchObject({ kind: 'answered', status: 307 });
    expect(calls).toBe(1);
  });

  test('exactly 1 MB is read, a byte more is lost', async () => {
    const port = await httpServer((request, response) =>
      response.end(Buffer.alloc(request.url?.startsWith('/more') ? 1_000_001 : 1_000_000)),
    );
    expect(await call(port)).toMatchObject({ kind: 'answered' });
    const url = `http://127.0.0.1:${port}/more`;
    expect(await callVendor({ method: 'GET', url, signal: AbortSignal.timeout(5000) })).toEqual({
      kind: 'lost',
      message: 'the reply is larger than 1 MB',
    });
  });

  test('a reply that is small on the wire and large when unpacked is lost', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const port = await httpServer((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(await call(port)).toEqual({
      kind: 'lost',
      message: 'the reply is packed, and not to be unpacked to 1 MB',
    });
  });

  test('a packed reply is unpacked, though nobody asks for one', async () => {
    const asked: unknown[] = [];
    const port = await httpServer((request, response) => {
      asked.push(request.headers['accept-encoding']);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('<a/>'));
    });
    expect(await call(port)).toMatchObject({ kind: 'answered', body: Buffer.from('<a/>') });
    expect(asked).toEqual(['identity']);
  });

  test('a reply without a body is one, though it is said to be packed', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-length': '0' };
    const port = await httpServer((_, response) => response.writeHead(201, headers).end());
    expect(await call(port)).toMatchObject({ kind: 'answered', status: 201, body: Buffer.alloc(0) });
  });

  test('a reply that is said not to be packed is taken as it is', async () => {
    const headers = { 'content-encoding': 'identity' };
    const port = await httpServer((_, response) => response.writeHead(200, headers).end('<a/>'));
    expect(await call(port)).toMatchObject({ kind: 'answered', body: Buffer.from('<a/>') });
  });

  test('a header that stands twice comes joined', async () => {
    const port = await httpServer((_, response) => response.writeHead(200, { 'x-a': ['1', '2'] }).end());
    const reply = await call(port);
    expect(reply.kind === 'answered' && reply.headers.get('x-a')).toBe('1, 2');
  });
});

describe('certainly not sent', () => {
  const messageOf = async (reply: Promise<VendorReply>) => {
    const { kind, ...rest } = await reply;
    return `${kind}: ${'message' in rest ? rest.message : ''}`;
  };

  test('connection refused', async () => {
    const port = await httpServer(() => {});
    servers.splice(0).map((server) => server.close());
    expect(await messageOf(call(port))).toBe('not-sent: no connection to the vendor (ECONNREFUSED)');
  });

  test('no such host', async () => {
    const call = callVendor({ method: 'GET', url: 'http://nowhere.invalid/', signal: AbortSignal.timeout(5000) });
    expect(await messageOf(call)).toMatch(/^not-sent: no connection to the vendor \((ENOTFOUND|EAI_AGAIN)\)$/);
  });

  test('no time left', async () => {
    expect(await messageOf(call(1, { signal: AbortSignal.abort() }))).toBe('not-sent: no time was left for the call');
  });

  test.each(['nonsense', 'ftp://127.0.0.1/', 'shttp://127.0.0.1/'])('a url that cannot be called: %s', async (url) => {
    expect(await messageOf(callVendor({ method: 'GET', url, signal: AbortSignal.timeout(5000) }))).toMatch(
      /^not-sent: the destination's url/,
    );
  });

  test('the other side speaks no TLS', async () => {
    const port = await httpServer((_, response) => response.end());
    expect(await messageOf(call(port, { scheme: 'https' }))).toMatch(
      /^not-sent: no secure connection to the vendor \((EPROTO|ERR_SSL_WRONG_VERSION_NUMBER)\)$/,
    );
  });

  test('the deadline passes within the TLS handshake', async () => {
    const port = await socketServer(() => {});
    expect(await messageOf(call(port, { scheme: 'https', signal: AbortSignal.timeout(50) }))).toBe(
      'not-sent: no secure connection to the vendor in time',
    );
  });

  test('the connection is cut in the TLS handshake', async () => {
    const port = await socketServer((socket) => socket.once('data', () => socket.end()));
    expect(await messageOf(call(port, { scheme: 'https' }))).toMatch(/^not-sent: no secure connection/);
  });
});

describe('lost', () => {
  const losses: [string, (socket: Socket) => void][] = [
    ['reset after the request was read', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['closed after the request was read', (socket) => socket.once('data', () => socket.end())],
    ['no HTTP', (socket) => socket.once('data', () => socket.end('hello\r\n\r\n'))],
    ['cut in the headers', (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-le'))],
    [
      'cut in the body',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n<a>')),
    ],
    [
      'cut between chunks',
      (socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n<a>\r\n')),
    ],
  ];
  test.each(losses)('%s', async (_, misbehave) => {
    let connections = 0;
    const port = await socketServer((socket) => {
      connections += 1;
      misbehave(socket);
    });
    expect(await call(port)).toEqual({ kind: 'lost', message: 'the connection was cut before the reply was complete' });
    expect(connections).toBe(1);
  });

  test('the deadline passes before the reply', async () => {
    const port = await httpServer(() => {});
    expect(await call(port, { signal: AbortSignal.timeout(50) })).toEqual({
      kind: 'lost',
      message: 'no reply within the time for a call',
    });
  });

  test('the deadline passes within the body', async () => {
    const port = await httpServer((_, response) => response.write('<a>'));
    expect(await call(port, { signal: AbortSignal.timeout(100) })).toMatchObject({ kind: 'lost' });
  });

  test('nothing of the request is in what is told', async () => {
    const told: VendorReply[] = [];
    for (const [, misbehave] of losses) told.push(await call(await socketServer(misbehave)));
    told.push(await call(1, { signal: AbortSignal.abort() }), await call(6000), await call(99_999));
    expect(JSON.stringify(told)).not.toContain(canary);
  });
});
