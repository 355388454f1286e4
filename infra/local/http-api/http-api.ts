import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { InvocationResult } from '../functions/invocation.ts';
import { listen, type RunningServer } from '../servers/listen.ts';
import type { PlannedRoute } from '../template/planned-route.ts';
import { type HttpAnswer, httpAnswer, message } from './http-answer.ts';
import { httpEvent, splitTarget, type WireRequest } from './http-event.ts';
import { matchRoute } from './routes.ts';

type Invoke = (functionName: string, event: APIGatewayProxyEventV2) => Promise<InvocationResult>;

/** "Quotas for configuring and running an HTTP API in API Gateway". */
const payloadLimit = 10 * 1024 * 1024;
const headersLimit = 10_240;

/** An HTTP API whose routes are given later, because functions want to know its address first. */
export interface HttpApi extends RunningServer {
  readonly serve: (routes: readonly PlannedRoute[], invoke: Invoke) => void;
}

/** @throws Error with code `EADDRINUSE` where the port is taken */
export async function startHttpApi(port: number): Promise<HttpApi> {
  let routes: readonly PlannedRoute[] = [];
  let invoke: Invoke = () => Promise.reject(new Error('the API is not served yet'));

  async function handle(request: IncomingMessage): Promise<HttpAnswer> {
    const method = request.method ?? 'GET';
    const target = request.url ?? '/';
    const path = decodedPath(target);
    if (path === undefined) return message(400, 'Bad Request');
    const match = matchRoute(routes, method, path);
    if (!match) return message(404, 'Not Found');
    if (headersSize(request) > headersLimit) return message(431, 'Request Header Fields Too Large');
    const body = await readLimited(request, payloadLimit);
    if (!body) return message(413, 'Request Entity Too Large');
    const { route, pathParameters } = match;
    const event = httpEvent(wireRequest(request, method, target, body), {
      routeKey: route.routeKey,
      pathParameters,
      requestId: randomUUID(),
      now: Date.now(),
    });
    return withinTimeout(route.timeoutMs, async () => {
      const result = await invoke(route.functionName, event);
      return result.ok ? httpAnswer(result.payload) : message(500, 'Internal Server Error');
    });
  }

  const server = await listen((request, response) => {
    handle(request).then(
      (answer) => send(response, answer),
      () => response.destroy(),
    );
  }, port);
  return {
    ...server,
    serve: (served, invoker) => {
      routes = served;
      invoke = invoker;
    },
  };
}

const wireRequest = (request: IncomingMessage, method: string, target: string, body: Buffer): WireRequest => ({
  method,
  target,
  rawHeaders: request.rawHeaders,
  body,
  protocol: `HTTP/${request.httpVersion}`,
  sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
});

function decodedPath(target: string): string | undefined {
  try {
    return splitTarget(target).path;
  } catch {
    return undefined;
  }
}

const headersSize = ({ method = '', url = '', rawHeaders }: IncomingMessage): number =>
  rawHeaders.reduce((size, part) => size + part.length + 2, method.length + url.length);

/** The body; `undefined` where it is larger than the limit. */
async function readLimited(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

async function withinTimeout(milliseconds: number, work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  const timeout = Promise.withResolvers<HttpAnswer>();
  const timer = setTimeout(() => timeout.resolve(message(503, 'Service Unavailable')), milliseconds);
  try {
    return await Promise.race([work(), timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('content-length', body.length);
  response.writeHead(status).end(body);
}
