import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen, readBody } from '../servers/listen.ts';
import type { Invocation, InvocationResult } from './invocation.ts';

/** The Lambda Runtime API as one process sees it ("Using the Lambda runtime API"). */
export interface RuntimeApi {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Resolves when the process asks for its first invocation: its start is over. */
  readonly ready: Promise<void>;
  /** Hands over an invocation; the process may still be starting. One at a time. */
  readonly hand: (invocation: Invocation, deadline: number) => Promise<InvocationResult>;
  /** Ends the invocation under way, if any, because the process is gone. */
  readonly fail: (result: InvocationResult) => void;
  /** The error that the process reported of its start, if any. */
  readonly initError: () => InvocationResult | undefined;
  readonly close: () => Promise<void>;
}

const errorSchema = z.object({ errorType: z.string().default('Error'), errorMessage: z.string().default('') });

interface Pending {
  readonly invocation: Invocation;
  readonly deadline: number;
  readonly finish: (result: InvocationResult) => void;
}

/** @param functionArn told to the handler in its context */
export async function startRuntimeApi(functionArn: string): Promise<RuntimeApi> {
  let asking: ServerResponse | undefined;
  let pending: Pending | undefined;
  let initError: InvocationResult | undefined;
  const ready = Promise.withResolvers<void>();

  function handOver(): void {
    if (!asking || !pending) return;
    asking.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': pending.invocation.requestId,
      'lambda-runtime-deadline-ms': String(pending.deadline),
      'lambda-runtime-invoked-function-arn': functionArn,
    });
    asking.end(pending.invocation.event);
    asking = undefined;
  }

  function fail(result: InvocationResult): void {
    const current = pending;
    pending = undefined;
    current?.finish(result);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (path === 'invocation/next') {
      asking = response;
      ready.resolve();
      handOver();
      return;
    }
    const body = (await readBody(request)).toString('utf8');
    if (path === 'init/error') initError = failure(body);
    else if (path === `invocation/${pending?.invocation.requestId}/response`) fail({ ok: true, payload: body });
    else if (path === `invocation/${pending?.invocation.requestId}/error`) fail(failure(body));
    else {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"errorType":"InvalidRequestID"}');
      return;
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  }

  const server = await listen((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  return {
    address: new URL(server.url).host,
    ready: ready.promise,
    hand: (invocation, deadline) =>
      new Promise((finish) => {
        pending = { invocation, deadline, finish };
        handOver();
      }),
    fail,
    initError: () => initError,
    close: server.close,
  };
}

function failure(body: string): InvocationResult {
  try {
    return { ok: false, ...errorSchema.parse(JSON.parse(body)) };
  } catch {
    return { ok: false, errorType: 'Error', errorMessage: body };
  }
}
