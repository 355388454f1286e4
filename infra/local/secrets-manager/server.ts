import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, type RunningServer, readBody } from '../servers/listen.ts';
import { operations } from './operations.ts';
import { type SecretStore, SecretsManagerError } from './secret-store.ts';

const target = 'secretsmanager.';

/** Secrets Manager's JSON 1.1 protocol over the store, as far as the functions and the tools use it. */
export const startSecretsManager = (store: SecretStore): Promise<RunningServer> =>
  listen(async (request, response) => {
    try {
      answer(response, 200, call(request, await readBody(request), store));
    } catch (error) {
      if (error instanceof SecretsManagerError) answer(response, 400, { __type: error.code, Message: error.message });
      else answer(response, 500, { __type: 'InternalServiceError', Message: 'An error occurred on the server side.' });
    }
  });

function call(request: IncomingMessage, body: Buffer, store: SecretStore): unknown {
  const name = String(request.headers['x-amz-target'] ?? '');
  const operation = name.startsWith(target) ? operations[name.slice(target.length)] : undefined;
  if (!operation) throw new SecretsManagerError('UnknownOperationException', `The local stack has no ${name}`);
  return operation(parse(body), store, regionOf(request));
}

/** As the caller has signed: `Credential={access key}/{date}/{region}/…`. */
const regionOf = ({ headers: { authorization = '' } }: IncomingMessage): string =>
  /Credential=[^/]*\/[^/]*\/([^/]+)\//.exec(authorization)?.[1] ?? 'us-east-1';

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new SecretsManagerError('SerializationException', 'The request body is no JSON');
  }
}

function answer(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(json));
}
