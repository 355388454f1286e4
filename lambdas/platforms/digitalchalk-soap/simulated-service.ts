import type { Duplicates } from '../platform.ts';
import type { SimulatedAccount } from '../platform-simulator.ts';
import type { XmlElement } from '../read-xml.ts';
import { type AccountStore, accountStore } from '../simulator/account-store.ts';
import { schemaProblem } from './schema.ts';
import type { Keys } from './signature.ts';
import { authProblem } from './simulated-auth.ts';
import { clientFault, type Fault } from './simulated-reply.ts';
import { accountOf, type Fields, loginOf, nameOf, userProblem } from './simulated-user.ts';
import type { Operation } from './wsdl.ts';

export interface ServiceRules {
  readonly keys: Keys;
  readonly duplicates: Duplicates;
  readonly usernames: 'kept' | 'ignored';
  /** How a user that the vendor will not have is refused: by a fault, or by `success` `false`. A user that exists is always a fault. */
  readonly refusal: 'fault' | 'success-false';
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly countRefusedLogin: () => void;
}

export interface Answer {
  readonly kind: 'answer';
  /** In the documented order. */
  readonly fields: Fields;
}

export interface SimulatedService {
  readonly accounts: AccountStore;
  readonly carryOut: (operation: Operation, payload: XmlElement) => Answer | Fault;
}

/** The vendor's four operations on accounts in memory (DigitalChalk API v4, Operations). */
export function simulatedService(rules: ServiceRules): SimulatedService {
  const accounts = accountStore(rules.duplicates, loginOf);
  const registrations = new Map<string, readonly string[]>();

  function createUser(user: Fields): Answer | Fault {
    const problem = userProblem(user);
    if (problem !== undefined && rules.refusal === 'fault') return clientFault(problem);
    const account = accountOf(user, `dc-${accounts.all().length + 1}`, rules.usernames);
    const reply = { username: account.username, emailAddress: account.email, name: nameOf(account) };
    if (problem !== undefined) return answer({ ...reply, success: 'false' });
    const hasAddress = ({ email }: SimulatedAccount) => email.toLowerCase() === account.email.toLowerCase();
    const taken = rules.duplicates === 'refused' && accounts.all().some(hasAddress);
    if (taken || !accounts.add(account)) return clientFault('A user with this username or email address exists');
    return answer({ ...reply, success: 'true' });
  }

  function registerUser(login: string, offeringId: string): Answer | Fault {
    const account = accounts.find(login);
    if (account === undefined) return clientFault('There is no such user');
    const before = registrations.get(account.userId) ?? [];
    if (offeringId.trim() === '') return clientFault('There is no such offering');
    if (before.includes(offeringId)) return clientFault('The user is registered for this offering');
    registrations.set(account.userId, [...before, offeringId]);
    return answer({
      studentUsername: loginOf(account),
      studentName: nameOf(account),
      studentRegistrationId: `${account.userId}-${before.length + 1}`,
      offeringId,
      offeringTitle: `Offering ${offeringId}`,
      success: 'true',
    });
  }

  function perform(operation: Operation, payload: XmlElement): Answer | Fault {
    const { username = '', offeringId = '' } = textsIn(payload);
    const user = textsIn(childOf(payload, 'user'));
    switch (operation) {
      case 'doesUserExist':
        return answer({ exists: String(accounts.find(username) !== undefined) });
      case 'createUser':
        return createUser(user);
      case 'registerUser':
        return registerUser(username, offeringId);
      case 'createAndRegisterUser': {
        const created = createUser(user);
        if (created.kind === 'fault' || created.fields.success !== 'true') return created;
        return registerUser(created.fields.username || user.emailAddress || '', offeringId);
      }
    }
  }

  const withOfferings = (account: SimulatedAccount): SimulatedAccount => ({
    ...account,
    fields: { ...account.fields, offerings: (registrations.get(account.userId) ?? []).join(' ') },
  });

  return {
    accounts: { ...accounts, all: () => accounts.all().map(withOfferings) },
    carryOut: (operation, payload) => {
      const invalid = schemaProblem(payload);
      if (invalid !== undefined) return clientFault(`Validation error: ${invalid}`);
      const refused = authProblem(operation, textsIn(childOf(payload, 'auth')), rules.keys, rules.now());
      if (refused === undefined) return perform(operation, payload);
      rules.countRefusedLogin();
      return clientFault(refused);
    },
  };
}

const answer = (fields: Fields): Answer => ({ kind: 'answer', fields });

const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

const textsIn = (element: XmlElement | undefined): Fields =>
  Object.fromEntries(element?.children.map((child) => [child.name, child.text]) ?? []);
