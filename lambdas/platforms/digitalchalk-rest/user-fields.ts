import type { Signup, SignupField } from '../../signups/signup.ts';
import type { DigitalChalkRestSettings } from './settings.ts';

/**
 * The way from a signup to DigitalChalk's user object (DigitalChalk API v5, Create a New User):
 *
 * | v5                  | Signup                                                                     |
 * |---------------------|----------------------------------------------------------------------------|
 * | firstName, lastName | firstName, lastName                                                        |
 * | username            | email, nothing, or username, by the setting `usernameMode`                 |
 * | email               | email                                                                      |
 * | password            | password, or the one made for the learner                                  |
 * | tags                | tags; they decide which offerings the user may take                        |
 * | locale              | locale's language, as ISO 639-1: `pt` for `pt-BR`; nothing where it has none |
 */
export function userOf(signup: Signup, password: string, settings: DigitalChalkRestSettings) {
  const username = usernameOf(signup, settings);
  const locale = languageOf(signup.locale);
  return {
    firstName: signup.firstName,
    lastName: signup.lastName,
    ...(username !== undefined && { username }),
    email: signup.email,
    password,
    ...(signup.tags.length > 0 && { tags: [...new Set(signup.tags)] }),
    ...(locale !== undefined && { locale }),
  };
}

/** The username to set; `undefined` where the organisation does not use usernames. */
function usernameOf(signup: Signup, { usernameMode }: DigitalChalkRestSettings): string | undefined {
  if (usernameMode === 'blank') return undefined;
  return usernameMode === 'signup' ? signup.username : signup.email;
}

/** What the learner logs in with: the username, or the address where there are no usernames. */
export const loginOf = (signup: Signup, settings: DigitalChalkRestSettings): string =>
  usernameOf(signup, settings) ?? signup.email;

/** Everything that the vendor would refuse, and what to do about it. Never repeats a password. */
export function signupProblems(signup: Signup, settings: DigitalChalkRestSettings): string[] {
  const problems: string[] = [];
  if (settings.usernameMode === 'signup' && signup.username === undefined)
    problems.push(
      'username is missing, and this destination takes its usernames from the signup (usernameMode): map a username',
    );
  if (signup.password !== undefined && !isPassword(signup.password))
    problems.push(
      'password: DigitalChalk asks for at least 6 characters with a letter and a digit; leave it out to have one made',
    );
  for (const [index, tag] of signup.tags.entries())
    if (/[\s,]/.test(tag))
      problems.push(
        `tags.${index} holds white space or a comma, which DigitalChalk takes in no tag: write it as one word`,
      );
  return problems;
}

/** At least 6 characters with at least one letter and one digit (DigitalChalk API v5, User Object Reference). */
const isPassword = (password: string): boolean =>
  [...password].length >= 6 && /\p{L}/u.test(password) && /\p{Nd}/u.test(password);

/** The two letters of ISO 639-1 for a BCP 47 tag; `undefined` for a language that has none. */
export function languageOf(locale: string | undefined): string | undefined {
  if (locale === undefined) return undefined;
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(locale.replaceAll('_', '-'));
    return /^[a-z]{2}(?![a-z])/.exec(canonical)?.[0];
  } catch {
    return undefined;
  }
}

/** The signup's fields that DigitalChalk has no place for. */
export function notApplied(signup: Signup, settings: DigitalChalkRestSettings): SignupField[] {
  const { username, locale } = signup;
  const isIgnored = settings.usernameMode !== 'signup' && username !== undefined && username !== signup.email;
  return [
    ...(isIgnored ? (['username'] as const) : []),
    ...(['phone', 'address', 'zip', 'gender'] as const).filter((field) => signup[field] !== undefined),
    ...(locale !== undefined && languageOf(locale) === undefined ? (['locale'] as const) : []),
    ...(signup.role === 'student' ? [] : (['role'] as const)),
    ...(Object.keys(signup.permissions).length > 0 ? (['permissions'] as const) : []),
  ];
}

/** The same for an account that was there before: nothing of it is changed. @param tags those that it has */
export function notAppliedToExisting(
  signup: Signup,
  tags: readonly string[],
  settings: DigitalChalkRestSettings,
): SignupField[] {
  const always = notApplied(signup, settings);
  return [
    ...(signup.password === undefined ? [] : (['password'] as const)),
    ...(missingTags(signup, tags).length > 0 ? (['tags'] as const) : []),
    ...(signup.locale === undefined || always.includes('locale') ? [] : (['locale'] as const)),
    ...always,
  ];
}

/** The signup's tags that an account lacks. */
export function missingTags(signup: Signup, tags: readonly string[]): string[] {
  const has = new Set(tags.map((tag) => tag.toLowerCase()));
  return [...new Set(signup.tags)].filter((tag) => !has.has(tag.toLowerCase()));
}
