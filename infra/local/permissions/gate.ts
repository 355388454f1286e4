import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Endpoints } from '../functions/endpoints.ts';
import { listen, type RunningServer, readBody } from '../servers/listen.ts';
import { readCall, type Service, signerOf } from './aws-call.ts';
import type { Permissions } from './permissions.ts';
import { answerRefusal, type Refusal } from './refusal.ts';

/** The one address of all AWS services on this machine. */
export interface Gate extends RunningServer {
  /** From now on a function may do what its role allows, and nothing else. */
  readonly enforce: (permissions: Permissions) => void;
}

/** Headers that are between two neighbours. */
const ofTheHop = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * Stands before the services: a call goes on to the one that it was signed for. What a function signed, its role must allow; every other access
 * key is this machine's owner's, who may do everything.
 */
export async function startGate(upstreams: Endpoints): Promise<Gate> {
  const agent = new Agent({ keepAlive: true });
  let permissions: Permissions | undefined;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const signer = signerOf(incoming.headers);
    if (signer === undefined) {
      const message = 'Sign the request for sqs, sns, dynamodb or secretsmanager; any access key will do';
      return answer(response, 'sqs', { who: 'nobody', operation: '', message, ofKey: false });
    }
    const { accessKeyId, service } = signer;
    if (!permissions?.isFunction(accessKeyId)) return relay(service, incoming, response);
    const body = await readBody(incoming);
    const refusal = permissions.refuse(accessKeyId, readCall(service, incoming.headers, body));
    if (refusal === undefined) relay(service, incoming, response, body);
    else answer(response, service, refusal);
  }

  function relay(service: Service, incoming: IncomingMessage, response: ServerResponse, body?: Buffer): void {
    const { hostname, port } = new URL(upstreams[service]);
    const { method, url: path, headers } = incoming;
    const outgoing = httpRequest({ agent, hostname, port, method, path, headers });
    outgoing.on('response', (reply) => {
      const kept = Object.entries(reply.headers).filter(([name]) => !ofTheHop.has(name));
      response.writeHead(reply.statusCode ?? 502, Object.fromEntries(kept));
      reply.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    // A receive that nobody waits for any more must not take messages.
    response.on('close', () => outgoing.destroy());
    if (body === undefined) incoming.pipe(outgoing);
    else outgoing.end(body);
  }

  const server = await listen((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      agent.destroy();
    },
    enforce: (planned) => {
      permissions = planned;
    },
  };
}

function answer(response: ServerResponse, service: Service, refusal: Refusal): void {
  const { status, headers, body } = answerRefusal(service, refusal);
  response.writeHead(status, headers).end(body);
}
