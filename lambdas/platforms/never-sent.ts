/** Where the client gives up before it has sent anything: on the certificate, or because the other side speaks no TLS that we speak. */
const handshakeCodes = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
]);

/** The same, in the words of Node's TLS, which has no code for it. */
const cutInHandshake = 'Client network socket disconnected before secure TLS connection was established';

/**
 * Whether an error of `fetch` shows that the request never left.
 *
 * @returns our words for what happened, nothing of the error but its code; `null` where the request may have left
 */
export function wasNeverSent(error: unknown): string | null {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return null;
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return cause.errors.every(isConnecting) ? 'no connection to the vendor, at none of its addresses' : null;
  if (isConnecting(cause)) return `no connection to the vendor (${codeOf(cause)})`;
  const code = codeOf(cause);
  if (code === 'ERR_INVALID_URL') return "the destination's url is not valid";
  if (cause.message === 'bad port') return "the destination's url has a port that fetch refuses to call";
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'no connection to the vendor in time';
  if (handshakeCodes.has(code) || cause.message.startsWith(cutInHandshake))
    return `no secure connection to the vendor (${code})`;
  return null;
}

/** `connect` and `getaddrinfo` come before anything is written. */
const isConnecting = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo');

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : 'no code');
