import type { Signup } from '../../signups/signup.ts';
import type { AccountResult } from '../platform.ts';
import { isSameKey } from '../same-key.ts';
import { withoutParameter } from './create-parameters.ts';
import type { ElectaReply } from './reply.ts';
import { roleOf } from './user-type.ts';

type Document = Extract<ElectaReply, { kind: 'document' }>;

/**
 * Judges whether a document tells of this signup's new account, and takes what it tells (Electa API 3.0, User/Create: company id, user
 * type effectively created, address, name, number id, username, password). It does where the vendor's zero is in it, or else the
 * address with an id or a username; and never where it speaks of another address: its credentials would reach the wrong person.
 */
export function createdAccount({ coded, fields }: Document, signup: Signup): AccountResult {
  const emails = fields.all('email');
  if (emails.length > 0 && !emails.some((email) => isSameKey(email, signup.email)))
    return { kind: 'nobody-knows', message: 'the reply speaks of another address than the one that was sent' };
  const userId = numberOf(fields.one('userId'));
  const username = fields.one('username');
  const password = fields.one('password');
  if (!coded && (emails.length === 0 || (userId === undefined && username === undefined)))
    return { kind: 'nobody-knows', message: 'the reply does not say that an account was made' };

  const userType = fields.one('userType');
  const role = userType === undefined ? undefined : roleOf(userType);
  const credentials = username === undefined || password === undefined ? undefined : { username, password };
  const warnings = [
    ...(userId === undefined ? ['the reply has no id that can be read'] : []),
    ...(credentials === undefined ? ['the reply has no username and password that can be read: have them reset'] : []),
    ...(role === undefined ? ['the reply does not say which user type was created'] : []),
  ];
  return {
    kind: 'created',
    account: { userId, username, role },
    credentials,
    notApplied: [...notGiven(role, signup), ...withoutParameter(signup)],
    warning: warnings.length === 0 ? undefined : warnings.join('; '),
  };
}

/** On single-teacher accounts the vendor discards everything that makes a teacher, and creates a student. */
function notGiven(role: string | undefined, signup: Signup): string[] {
  if (role === undefined || role === signup.role) return [];
  return Object.keys(signup.permissions).length > 0 ? ['role', 'permissions'] : ['role'];
}

/** "The number id of the user". */
const numberOf = (text: string | undefined): string | undefined => /^\s*(\d{1,20})\s*$/.exec(text ?? '')?.[1];
