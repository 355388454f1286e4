import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';

/** A request's JSON object; `problem` is the vendor's answer to what is none. */
export type ReadBody = { readonly fields: ReadonlyMap<string, unknown> } | { readonly problem: string };

/** Reads a body: JSON in UTF-8, an object, and no field that the call does not know. */
export function readFields(request: SimulatedRequest, known: readonly string[]): ReadBody {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
  } catch {
    return { problem: 'The request body is not valid JSON' };
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { problem: 'The request body is not a JSON object' };
  const fields = new Map<string, unknown>(Object.entries(body));
  const unknown = [...fields.keys()].find((name) => !known.includes(name));
  return unknown === undefined ? { fields } : { problem: `Unrecognized field ${unknown}` };
}

/** What every call must bring (DigitalChalk API v5, Getting Started and Using OAuth 2.0); `undefined` where nothing is wrong. */
export function headerProblem(
  { headers, method }: SimulatedRequest,
  token: unknown,
): 'token' | SimulatedReply | undefined {
  if (headers.authorization !== `Bearer ${token}`) return 'token';
  if (!/^application\/json(;|,|$)/i.test(headers.accept ?? '')) return plain(406, 'Not Acceptable');
  if (method !== 'GET' && !/^application\/json(;|$)/i.test(headers['content-type'] ?? ''))
    return plain(415, 'Unsupported Media Type');
  return undefined;
}

export const plain = (status: number, title: string): SimulatedReply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<html><body><h1>${status} ${title}</h1></body></html>`,
});
