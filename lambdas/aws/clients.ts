/**
 * Limits of every AWS client: the SDK has none by default, and a call that hangs would outlive its function. Two retries at most; each
 * of our writes can be repeated (they are conditional, or recognised by the reader).
 */
export const clientLimits = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};
