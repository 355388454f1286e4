import type { Signup, SignupField } from '../../signups/signup.ts';
import type { CreateAccountCall } from '../platform.ts';
import type { DigitalChalkSoapSettings } from './settings.ts';
import type { UserFields } from './soap-request.ts';

/**
 * The way from a signup to DigitalChalk's `user` (DigitalChalk API v4, createUser):
 *
 * | v4            | Signup                                                                       |
 * |---------------|------------------------------------------------------------------------------|
 * | emailAddress  | email                                                                        |
 * | username      | email, nothing, or username, by the setting `usernameMode`                   |
 * | firstName     | firstName                                                                    |
 * | lastName      | lastName                                                                     |
 * | licenseAgreed | the setting `licenseAgreed`                                                  |
 * | password      | password, or the one made for the learner                                    |
 * | passwordReset | by the setting `passwordReset`: usually whether the password was made        |
 * | tags          | tags, separated by spaces; they decide which offerings the user may take     |
 */
export function userFieldsOf(
  signup: Signup,
  password: NonNullable<CreateAccountCall['password']>,
  settings: DigitalChalkSoapSettings,
): UserFields {
  const mustReset = settings.passwordReset === 'always' || (settings.passwordReset === 'made' && password.made);
  return {
    emailAddress: signup.email,
    username: settings.usernameMode === 'blank' ? '' : loginOf(signup, settings),
    firstName: signup.firstName,
    lastName: signup.lastName,
    licenseAgreed: settings.licenseAgreed ? 'true' : 'false',
    password: password.value,
    passwordReset: mustReset ? 'true' : 'false',
    tags: signup.tags.join(' '),
  };
}

/** What the learner logs in with, and is looked up and registered by: the username, or the address where there are no usernames. */
export const loginOf = (signup: Signup, settings: DigitalChalkSoapSettings): string =>
  settings.usernameMode === 'signup' ? (signup.username ?? '') : signup.email;

/** What keeps a signup from being sent at all, and what to do about it; `undefined` where nothing does. */
export function signupProblem(signup: Signup, settings: DigitalChalkSoapSettings): string | undefined {
  if (settings.usernameMode === 'signup' && signup.username === undefined)
    return 'username is missing, and this destination takes its usernames from the signup (usernameMode): map a username';
  const spaced = signup.tags.findIndex((tag) => /\s/.test(tag));
  if (spaced !== -1)
    return `tags.${spaced} holds white space, but DigitalChalk separates tags by spaces: write it as one word`;
  return undefined;
}

/** The signup's fields that DigitalChalk has no place for. */
export function notApplied(signup: Signup, settings: DigitalChalkSoapSettings): SignupField[] {
  const told = (['phone', 'address', 'zip', 'gender', 'locale'] as const).filter(
    (field) => signup[field] !== undefined,
  );
  const ignoresUsername = settings.usernameMode !== 'signup' && ![undefined, signup.email].includes(signup.username);
  return [
    ...(ignoresUsername ? (['username'] as const) : []),
    ...told,
    ...(signup.role === 'student' ? [] : (['role'] as const)),
    ...(Object.keys(signup.permissions).length > 0 ? (['permissions'] as const) : []),
  ];
}

/** The same for an account that was there before: nothing of it is changed. */
export const notAppliedToExisting = (signup: Signup, settings: DigitalChalkSoapSettings): SignupField[] => [
  ...(signup.password === undefined ? [] : (['password'] as const)),
  ...(signup.tags.length > 0 ? (['tags'] as const) : []),
  ...notApplied(signup, settings),
];
