import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { SignedRequest } from './verify/verifier.ts';

/** The largest body that is taken, in bytes, before it is hashed. */
export const bodyLimit = 64 * 1024;

/** What can be said of a request before anybody knows who sent it. */
export type ReadRequest =
  | { readonly kind: 'request'; readonly request: SignedRequest }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unsupported-type' };

type Arrived = Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>;

/**
 * Reads the bytes that arrived from an API Gateway HTTP API event (payload 2.0). The gateway hands over JSON as text and forms and `…+json` as
 * base64; both become the same bytes here. Nothing is parsed.
 */
export function readRequest(event: Arrived): ReadRequest {
  const text = event.body ?? '';
  const size = event.isBase64Encoded ? decodedSize(text) : Buffer.byteLength(text);
  if (size > bodyLimit) return { kind: 'too-large' };
  const headers = lowerCased(event.headers);
  const mediaType = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!isSupported(mediaType)) return { kind: 'unsupported-type' };
  const body = Buffer.from(text, event.isBase64Encoded ? 'base64' : 'utf8');
  return { kind: 'request', request: { headers, mediaType, body } };
}

/** How many bytes a base64 text makes, at least; without making them. */
const decodedSize = (text: string) =>
  Math.floor((text.length * 3) / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);

/** What says nothing of a body, as many senders can't set it, and forms. */
const otherTypes = new Set([
  '',
  'text/plain',
  'text/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
]);

/** With `application/json` and what is built on it, such as `application/cloudevents+json`: all that may be JSON or a form. Which, the bytes say. */
const isSupported = (mediaType: string) =>
  otherTypes.has(mediaType) || /^application\/(?:[a-z0-9!#$&^_.-]+\+)?json$/.test(mediaType);

/** Two spellings of one name are a header that came twice. */
function lowerCased(headers: Arrived['headers']): ReadonlyMap<string, string> {
  const lower = new Map<string, string>();
  for (const [spelling, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const name = spelling.toLowerCase();
    const before = lower.get(name);
    lower.set(name, before === undefined ? value : `${before},${value}`);
  }
  return lower;
}
