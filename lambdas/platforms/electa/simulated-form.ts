import type { SimulatedRequest } from '../simulator/exchange.ts';

/** A request's parameters by their names in lower case, since the service ignores case; or what is wrong with the request. */
export type SimulatedForm = { readonly values: ReadonlyMap<string, string> } | { readonly problem: string };

/** Reads a GET's query or a POST's form, strictly: every mistake of ours should show here, not at the vendor. */
export function readForm(request: SimulatedRequest, known: readonly string[]): SimulatedForm {
  const encoded = encodedParameters(request);
  if (typeof encoded !== 'string') return encoded;
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(encoded)) {
    const key = name.toLowerCase();
    if (!known.some((each) => each.toLowerCase() === key)) return { problem: `Unknown parameter ${name}` };
    if (values.has(key)) return { problem: `Doubled parameter ${name}` };
    if (value.includes('\ufffd')) return { problem: `Parameter ${name} is not UTF-8` };
    values.set(key, value);
  }
  return { values };
}

function encodedParameters({ method, query, headers, body }: SimulatedRequest): string | { problem: string } {
  if (method === 'GET') return query.toString();
  if (method !== 'POST') return { problem: `Method ${method} is not supported` };
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? ''))
    return { problem: 'The content type is not application/x-www-form-urlencoded' };
  if (query.size > 0) return { problem: 'Parameters are in the address of a POST' };
  return body.toString('utf8');
}
