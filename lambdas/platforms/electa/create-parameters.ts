import type { Signup } from '../../signups/signup.ts';
import { type ElectaParameters, permissionParameters } from './parameters.ts';
import { userTypes } from './user-type.ts';

/**
 * A signup in the vendor's words (Electa API 3.0, User/Create):
 *
 * | Signup | Parameter |
 * |---|---|
 * | email, firstName, lastName | Email, FirstName, LastName |
 * | role student, moderator, administrator | UserType STD, MDR, ADM |
 * | gender, address, zip, phone | Gender, Address, Zip, Phone |
 * | permissions {CanCreateUsers …: true, false} | the same, `True`, `False`; moderators only |
 *
 * CID and Token are the call's own. Nothing takes username or password: Electa makes both.
 *
 * @returns the parameters, or everything that the vendor would refuse
 */
export function createUserParameters(signup: Signup): { parameters: ElectaParameters } | { problems: string[] } {
  const { permissions, problems } = permissionsOf(signup);
  if (problems.length > 0) return { problems };
  const { email, firstName, lastName, gender, address, zip, phone } = signup;
  return {
    parameters: {
      Email: email,
      FirstName: firstName,
      LastName: lastName,
      UserType: userTypes[signup.role],
      ...(gender !== undefined && { Gender: gender }),
      ...(address !== undefined && { Address: address }),
      ...(zip !== undefined && { Zip: zip }),
      ...(phone !== undefined && { Phone: phone }),
      ...permissions,
    },
  };
}

function permissionsOf({ permissions, role }: Signup): { permissions: ElectaParameters; problems: string[] } {
  const problems: string[] = [];
  const found: Record<string, string> = {};
  for (const [asked, allowed] of Object.entries(permissions)) {
    const name = permissionParameters.find((known) => known.toLowerCase() === asked.toLowerCase());
    if (name === undefined) problems.push(`permissions: "${asked}" is not one of ${permissionParameters.join(', ')}`);
    else if (found[name] !== undefined) problems.push(`permissions: ${name} is there twice`);
    else found[name] = allowed ? 'True' : 'False';
  }
  if (Object.keys(permissions).length > 0 && role !== 'moderator')
    problems.push(`permissions: Electa takes them for role moderator only, and the role is ${role}; leave them out`);
  return { permissions: found, problems };
}

/** What a signup brings and Electa has no parameter for. */
export const withoutParameter = (signup: Signup): string[] => [
  ...(['username', 'password', 'locale'] as const).filter((field) => signup[field] !== undefined),
  ...(['tags', 'offerings'] as const).filter((field) => signup[field].length > 0),
];

/** What a signup asked of an account that has been there before: nothing of it was applied. */
export const notAppliedToExisting = (signup: Signup): string[] => [
  ...(signup.role === 'student' ? [] : ['role']),
  ...(Object.keys(signup.permissions).length > 0 ? ['permissions'] : []),
  ...(['gender', 'address', 'zip', 'phone'] as const).filter((field) => signup[field] !== undefined),
  ...withoutParameter(signup),
];
