import type { Credentials } from '../subscriber/decrypt-credentials.ts';
import type { EventCredentials, SignupEvent } from '../subscriber/event.ts';
import type { Mail } from './ports.ts';

/**
 * The mail that a learner gets for an event: the words are here to be changed.
 *
 * @param credentials what the event's JWE held, if it has one
 * @returns `null` where there is nothing to write, or nobody to write to
 */
export function welcomeMail({ data }: SignupEvent, credentials: Credentials | null): Mail | null {
  const { outcome, person, loginUrl } = data;
  if (person === null || (outcome !== 'created' && outcome !== 'existing')) return null;
  const where = loginUrl === null ? '' : `\n\n    ${loginUrl}`;
  const news =
    outcome === 'created'
      ? `your account is ready. This is where you log in:${where}`
      : `you have an account with us already. This is where you log in:${where}`;
  return {
    to: person.email,
    subject: outcome === 'created' ? 'Welcome: your account is ready' : 'Your account with us',
    text: `${greeting(person.firstName)}\n\n${news}\n\n${howToLogIn(data.credentials, credentials)}\n`,
  };
}

/** By the state of the credentials; a state that is not dealt with does not compile. */
function howToLogIn(state: EventCredentials | null, credentials: Credentials | null): string {
  switch (state?.state) {
    case undefined:
      return 'Log in the way you always do.';
    case 'encrypted':
      return credentials === null
        ? reset
        : `${shown(credentials)}\n\nPlease choose a password of your own when you are in.`;
    case 'chosen':
      return 'Your password is the one that you chose when you signed up.';
    case 'existing':
      return `Your password has not changed. If you have forgotten it: ${reset}`;
    case 'unconfirmed':
      return credentials === null ? reset : `${shown(credentials)}\n\nShould they not work: ${reset}`;
    case 'lost':
    case 'discarded':
      return reset;
  }
}

const reset = 'choose “forgot password” on that page, and you will get a password for this address.';

const shown = ({ username, password }: Credentials): string => `    Username: ${username}\n    Password: ${password}`;

/** A sign-up form takes any name; one that looks like a link would make our mail somebody else's advertisement. */
const greeting = (firstName: string): string =>
  firstName.length <= 40 && !/[/:@]|\.\S|www/i.test(firstName) ? `Hello ${firstName},` : 'Hello,';
