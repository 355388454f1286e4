import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { account } from '../template/world.ts';

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query string, as sent. */
  readonly target: string;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly protocol: string;
  readonly sourceIp: string;
}

export interface EventContext {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The event of an HTTP API, payload format 2.0 ("Create AWS Lambda proxy integrations for HTTP APIs"): names in lower case, doubled
 * headers joined by commas, cookies apart, the path decoded and the query string not.
 */
export function httpEvent(request: WireRequest, context: EventContext): APIGatewayProxyEventV2 {
  const { path, query } = splitTarget(request.target);
  const { cookie, ...headers } = joinHeaders(request.rawHeaders);
  const host = headers.host ?? '';
  const parameters = queryParameters(query);
  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...headers,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-proto': 'http',
      'x-forwarded-port': host.split(':')[1] ?? '80',
    },
    ...(Object.keys(parameters).length > 0 ? { queryStringParameters: parameters } : {}),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: host,
      domainPrefix: host.split('.')[0] ?? '',
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: context.routeKey,
      stage: '$default',
      time: clfTime(context.now),
      timeEpoch: context.now,
    },
    ...(Object.keys(context.pathParameters).length > 0 ? { pathParameters: { ...context.pathParameters } } : {}),
    ...bodyOf(request.body, headers['content-type']),
  };
}

/** @throws URIError where the path's percent-encoding is broken */
export function splitTarget(target: string): { path: string; query: string } {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  return { path: decodeURIComponent(path), query: at < 0 ? '' : target.slice(at + 1) };
}

function joinHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    const value = raw[at + 1] ?? '';
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
  }
  return headers;
}

function queryParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  return parameters;
}

/** Only these types come as text; form bodies, `…+json` and a missing type come as base64. */
const textTypes = /^(text\/.+|application\/(json|xml|javascript))$/;

function bodyOf(body: Buffer, contentType: string | undefined): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isText = textTypes.test(type);
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `22/Nov/2026:10:17:04 +0000`, as in access logs. */
function clfTime(now: number): string {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${date.toISOString().slice(11, 19)} +0000`;
}
