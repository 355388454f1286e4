import type { SimulatedAccount } from '../platform-simulator.ts';

/** A request's or a type's fields by name. */
export type Fields = Readonly<Record<string, string>>;

/** What the vendor would not take as a user, beyond the schema; addresses under `.invalid` are there to be refused. */
export function userProblem({
  emailAddress = '',
  firstName = '',
  lastName = '',
  password = '',
}: Fields): string | undefined {
  if (!/^[^\s@]+@[^\s@]+$/.test(emailAddress)) return 'The email address is not valid';
  if (emailAddress.endsWith('.invalid')) return 'The email address is not accepted';
  if (firstName.trim() === '' || lastName.trim() === '') return 'First and last name are required';
  return password === '' ? 'A password is required' : undefined;
}

/** @param usernames `ignored`: the organisation does not use them, and the address is the login */
export function accountOf(user: Fields, userId: string, usernames: 'kept' | 'ignored'): SimulatedAccount {
  const { emailAddress = '', username = '', firstName = '', lastName = '', password = '' } = user;
  const { licenseAgreed = '', passwordReset = '', tags = '' } = user;
  return {
    userId,
    email: emailAddress,
    username: usernames === 'ignored' ? '' : username,
    firstName,
    lastName,
    password,
    fields: { licenseAgreed, passwordReset, tags },
  };
}

/** What the account is looked up and registered by. */
export const loginOf = (account: SimulatedAccount): string => account.username || account.email;

export const nameOf = (account: SimulatedAccount): string => `${account.firstName} ${account.lastName}`;
