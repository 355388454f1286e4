import { unreadable } from '../http-failure.ts';
import type { AccountCalls, AccountResult, CreateAccountCall, LookUpResult, VendorCall } from '../platform.ts';
import { isSameKey } from '../same-key.ts';
import { unasked } from '../without-person.ts';
import { aboutWhom, doesUserExist, probe } from './does-user-exist.ts';
import { registerUser } from './register-user.ts';
import type { DigitalChalkSoapSettings } from './settings.ts';
import { loginOf, notApplied, notAppliedToExisting, userFieldsOf } from './signup-fields.ts';
import { callOperation, type SoapEndpoint } from './soap-call.ts';
import { readBoolean } from './soap-reply.ts';

/** What can be done with the customer's account, by doesUserExist, createUser and registerUser. */
export function accountCalls(
  endpoint: SoapEndpoint,
  settings: DigitalChalkSoapSettings,
): Required<Omit<AccountCalls, 'addTags'>> {
  const exists = (login: string, signal: AbortSignal) => doesUserExist(endpoint, login, signal);

  /**
   * What a fault on createUser means. No code or text is published (DigitalChalk API v4, Faults), so the vendor is asked: the user exists; or
   * does not, and then the refusal is for good; or that is not answered, and then the refusal still stands and nothing was made.
   */
  async function afterFault(call: CreateAccountCall, message: string): Promise<AccountResult> {
    const found = await exists(loginOf(call.signup, settings), call.signal);
    if (found === true) {
      const username = loginOf(call.signup, settings);
      return {
        kind: 'duplicate',
        message,
        account: { username },
        notApplied: notAppliedToExisting(call.signup, settings),
      };
    }
    return found === false ? { kind: 'rejected', message } : unasked(message, found);
  }

  return {
    async createAccount(call: CreateAccountCall): Promise<AccountResult> {
      const { signup, password, signal } = call;
      if (password === null) return { kind: 'rejected', message: 'DigitalChalk makes no account without a password' };
      const user = userFieldsOf(signup, password, settings);
      const result = await callOperation(endpoint, 'createUser', { user }, signal, password.value);
      if (result.kind === 'fault') return afterFault(call, result.message);
      if (result.kind === 'forbidden') return aboutWhom(endpoint, result.message, signal);
      if (result.kind !== 'answer') return result;
      const success = readBoolean(result.fields.get('success'));
      if (success === undefined) return unreadable('createUser says neither yes nor no');
      if (!success) return { kind: 'rejected', message: 'the vendor answers success = false and gives no reason' };
      const address = result.fields.get('emailAddress') ?? '';
      if (address.trim() !== '' && !isSameKey(address, signup.email))
        return unreadable('it speaks of another address than the one that was sent');
      const username = result.fields.get('username')?.trim() || undefined;
      return { kind: 'created', account: { username }, notApplied: notApplied(signup, settings) };
    },

    async lookUp({ signup, signal }: VendorCall): Promise<LookUpResult> {
      const username = loginOf(signup, settings);
      const found = await exists(username, signal);
      if (found === true)
        return { kind: 'exists', account: { username }, notApplied: notAppliedToExisting(signup, settings) };
      return found === false ? { kind: 'absent' } : found;
    },

    probe: (signal) => probe(endpoint, signal),

    register: (call) => registerUser(endpoint, settings, call),
  };
}
