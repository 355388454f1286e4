import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoints } from '../functions/endpoints.ts';

export type Service = keyof Endpoints;

/** A call as an AWS SDK sent it. */
export interface AwsCall {
  readonly service: Service;
  /** Such as `PutItem`. */
  readonly operation: string;
  /** Its parameters, by the API's names. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Who signed a call, and for which service. */
export interface Signer {
  readonly accessKeyId: string;
  readonly service: Service;
}

const credential = /\bCredential=([^/,\s]+)\/\d{8}\/[^/,\s]+\/([^/,\s]+)\/aws4_request/;

const services: Readonly<Record<string, Service>> = {
  sqs: 'sqs',
  sns: 'sns',
  dynamodb: 'dynamodb',
  secretsmanager: 'secretsmanager',
};

/** Reads Signature Version 4's credential scope; the signature itself is not verified: nobody but this machine can call. */
export function signerOf({ authorization = '' }: IncomingHttpHeaders): Signer | undefined {
  const [, accessKeyId, name = ''] = credential.exec(authorization) ?? [];
  const service = services[name];
  return accessKeyId === undefined || service === undefined ? undefined : { accessKeyId, service };
}

/**
 * Reads a call in the service's protocol: JSON with the operation in `X-Amz-Target`, or SNS's query protocol.
 *
 * @returns undefined where it is neither
 */
export function readCall(service: Service, headers: IncomingHttpHeaders, body: Buffer): AwsCall | undefined {
  if (service === 'sns') {
    const { Action: operation, ...input } = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    return operation === undefined ? undefined : { service, operation, input };
  }
  const operation = String(headers['x-amz-target'] ?? '').split('.')[1];
  const input = parse(body);
  return operation === undefined || input === undefined ? undefined : { service, operation, input };
}

function parse(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    return typeof json === 'object' && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
