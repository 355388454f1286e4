import type { CallFailure } from '../platform.ts';
import { callOperation, type SoapEndpoint, unreadable } from './soap-call.ts';
import { readBoolean } from './soap-reply.ts';

/** DigitalChalk API v4, doesUserExist: whether the login is somebody's. */
export async function doesUserExist(
  endpoint: SoapEndpoint,
  login: string,
  signal: AbortSignal,
): Promise<boolean | CallFailure> {
  const result = await callOperation(endpoint, 'doesUserExist', { username: login }, signal);
  // A question has nothing to refuse but the keys, the clock or the endpoint.
  if (result.kind === 'fault') return { kind: 'credentials-refused', message: result.message };
  if (result.kind !== 'answer') return result;
  return readBoolean(result.fields.get('exists')) ?? unreadable('doesUserExist says neither yes nor no');
}
