import type { Signup, SignupField } from '../../signups/signup.ts';
import { normalKey } from '../same-key.ts';
import type { SoughtUser } from './find-user.ts';
import type { ScimSettings } from './settings.ts';

/** RFC 7643, 4.1 and 8.7.1. */
export const userSchemaUri = 'urn:ietf:params:scim:schemas:core:2.0:User';

/**
 * A signup as a SCIM user (RFC 7643, 4.1):
 *
 * | User                              | Signup                                                                    |
 * |-----------------------------------|---------------------------------------------------------------------------|
 * | userName                          | email or username, by the setting `usernameMode`                          |
 * | externalId                        | userName in lower case, or reference, by the setting `externalId`         |
 * | name.givenName, .familyName       | firstName, lastName                                                       |
 * | displayName, name.formatted       | both                                                                      |
 * | emails[0]                         | email, primary                                                            |
 * | password                          | password, or the one made for the learner                                 |
 * | active                            | true                                                                      |
 * | locale, preferredLanguage         | locale, as BCP 47                                                         |
 * | phoneNumbers[0]                   | phone                                                                     |
 * | addresses[0]                      | address as streetAddress, zip as postalCode                               |
 */
export function userResource(signup: Signup, password: string | undefined, settings: ScimSettings) {
  const { firstName, lastName, email, phone, address, zip } = signup;
  const displayName = `${firstName} ${lastName}`;
  const externalId = externalIdOf(signup, settings);
  const locale = signup.locale?.replaceAll('_', '-');
  return {
    schemas: [userSchemaUri],
    ...(externalId !== undefined && { externalId }),
    userName: userNameOf(signup, settings),
    name: { formatted: displayName, familyName: lastName, givenName: firstName },
    displayName,
    emails: [{ value: email, type: settings.emailType, primary: true }],
    active: true,
    ...(locale !== undefined && { locale, preferredLanguage: locale }),
    ...(phone !== undefined && { phoneNumbers: [{ value: phone, type: 'other' }] }),
    ...((address ?? zip) !== undefined && {
      addresses: [
        {
          type: 'other',
          ...(address !== undefined && { streetAddress: address }),
          ...(zip !== undefined && { postalCode: zip }),
        },
      ],
    }),
    ...(password !== undefined && settings.sendPassword && { password }),
  };
}

/** What the server holds unique, in whatever case (RFC 7643, 4.1.1), and the learner logs in with. */
export const userNameOf = (signup: Signup, { usernameMode }: ScimSettings): string =>
  usernameMode === 'signup' ? (signup.username ?? '') : signup.email;

/** By what the signup's user is known again; a reference names a signup and no person. */
export const soughtUser = (signup: Signup, settings: ScimSettings): SoughtUser => ({
  userName: userNameOf(signup, settings),
  externalId: settings.externalId === 'person' ? externalIdOf(signup, settings) : undefined,
});

/** Our own key of the person (RFC 7643, 3.1: "an identifier for the resource as defined by the provisioning client"). */
function externalIdOf(signup: Signup, settings: ScimSettings): string | undefined {
  switch (settings.externalId) {
    case 'person':
      return normalKey(userNameOf(signup, settings));
    case 'reference':
      return signup.reference;
    case 'none':
      return undefined;
  }
}

/** What keeps a signup from being sent at all, and what to do about it. */
export function signupProblem(signup: Signup, settings: ScimSettings): string | undefined {
  if (settings.usernameMode === 'email' || signup.username !== undefined) return undefined;
  return 'username is missing, and this destination takes its usernames from the signup (usernameMode): map a username';
}

/** What SCIM's core user has no place for. */
const withoutPlace = (signup: Signup, settings: ScimSettings): SignupField[] => [
  ...(settings.usernameMode === 'email' && ![undefined, signup.email].includes(signup.username)
    ? (['username'] as const)
    : []),
  ...(signup.gender === undefined ? [] : (['gender'] as const)),
  ...(['tags', 'offerings'] as const).filter((field) => signup[field].length > 0),
  ...(signup.role === 'student' ? [] : (['role'] as const)),
  ...(Object.keys(signup.permissions).length > 0 ? (['permissions'] as const) : []),
];

const attributes = { phone: 'phoneNumbers', address: 'addresses', zip: 'addresses', locale: 'locale' } as const;

/**
 * The signup's fields that were not applied to a new user: servers leave out what they do not know, and their reply shows it.
 *
 * @param told the names of the reply's attributes, in lower case
 */
export const notApplied = (signup: Signup, told: ReadonlySet<string>, settings: ScimSettings): SignupField[] => [
  ...(signup.password !== undefined && !settings.sendPassword ? (['password'] as const) : []),
  ...(['phone', 'address', 'zip', 'locale'] as const).filter(
    (field) => signup[field] !== undefined && !told.has(attributes[field].toLowerCase()),
  ),
  ...withoutPlace(signup, settings),
];

/** The same for a user who was there before: nothing of it is changed. */
export const notAppliedToExisting = (signup: Signup, settings: ScimSettings): SignupField[] => [
  ...(['password', 'phone', 'address', 'zip', 'locale'] as const).filter((field) => signup[field] !== undefined),
  ...withoutPlace(signup, settings),
];
