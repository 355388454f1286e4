import { unreadable } from '../http-failure.ts';
import type { CallFailure } from '../platform.ts';
import { askWithoutPerson, type Probed } from '../without-person.ts';
import { callOperation, type SoapEndpoint } from './soap-call.ts';
import { readBoolean } from './soap-reply.ts';

/** Nobody's login (RFC 2606): asking whether it exists shows that the keys are accepted. */
const nobody = 'matriculate-probe@example.invalid';

/** DigitalChalk API v4, doesUserExist: whether the login is somebody's. */
export async function doesUserExist(
  endpoint: SoapEndpoint,
  login: string,
  signal: AbortSignal,
): Promise<boolean | CallFailure> {
  const result = await ask(endpoint, login, signal);
  return typeof result === 'object' && result.kind === 'refused' ? aboutWhom(endpoint, result.message, signal) : result;
}

/** What a refusal is about that may be about the keys, or about the person in the call. */
export const aboutWhom = (endpoint: SoapEndpoint, refusal: string, signal: AbortSignal) =>
  askWithoutPerson(refusal, () => probe(endpoint, signal));

/** Whether the keys are accepted. A question about nobody has nothing to refuse but the keys, the clock or the endpoint. */
export async function probe(endpoint: SoapEndpoint, signal: AbortSignal): Promise<Probed> {
  const result = await ask(endpoint, nobody, signal);
  if (typeof result === 'boolean') return { kind: 'accepted' };
  return result.kind === 'refused' ? { kind: 'credentials-refused', message: result.message } : result;
}

async function ask(
  endpoint: SoapEndpoint,
  login: string,
  signal: AbortSignal,
): Promise<boolean | CallFailure | { readonly kind: 'refused'; readonly message: string }> {
  const result = await callOperation(endpoint, 'doesUserExist', { username: login }, signal);
  if (result.kind === 'fault' || result.kind === 'forbidden') return { kind: 'refused', message: result.message };
  if (result.kind !== 'answer') return result;
  return readBoolean(result.fields.get('exists')) ?? unreadable('doesUserExist says neither yes nor no');
}
