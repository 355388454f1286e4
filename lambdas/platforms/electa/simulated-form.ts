import type { SimulatedRequest } from '../simulator/exchange.ts';

/** A request's parameters by their names in lower case, since the service ignores case; or what is wrong with the request. */
export type SimulatedForm = { readonly values: ReadonlyMap<string, string> } | { readonly problem: string };

/** Reads a GET's query or a POST's form, strictly: every mistake of ours should show here, not at the vendor. */
export function readForm(request: SimulatedRequest, known: readonly string[]): SimulatedForm {
  const encoded = encodedParameters(request);
  if (typeof encoded !== 'string') return encoded;
  if (!isUtf8(encoded)) return { problem: 'The parameters are not UTF-8' };
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(encoded)) {
    const key = name.toLowerCase();
    if (!known.some((each) => each.toLowerCase() === key)) return { problem: `Unknown parameter ${name}` };
    if (values.has(key)) return { problem: `Doubled parameter ${name}` };
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

function isUtf8(encoded: string): boolean {
  try {
    decodeURIComponent(encoded.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
}
