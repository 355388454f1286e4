import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** What a request's address asks for. */
export type StatusAddress =
  | { readonly kind: 'address'; readonly signupId: string; readonly key: string }
  /** Something is missing: an address that nobody was given. */
  | { readonly kind: 'incomplete' }
  /** A parameter that came twice, or that does not belong there. */
  | { readonly kind: 'odd' };

type Asked = Pick<APIGatewayProxyEventV2, 'pathParameters' | 'rawQueryString'>;

/** Reads `/signups/{id}?key=…` from the query string as it was sent: API Gateway joins what came twice by commas. */
export function readStatusAddress({ pathParameters, rawQueryString }: Asked): StatusAddress {
  const parameters = [...new URLSearchParams(rawQueryString)];
  if (parameters.length > 1 || parameters.some(([name]) => name !== 'key')) return { kind: 'odd' };
  const signupId = pathParameters?.id ?? '';
  const key = parameters[0]?.[1] ?? '';
  return signupId === '' || key === '' ? { kind: 'incomplete' } : { kind: 'address', signupId, key };
}

/** The source in a signup's id: what comes before its last dot. */
export const sourceOf = (signupId: string): string => signupId.slice(0, Math.max(0, signupId.lastIndexOf('.')));
