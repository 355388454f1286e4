/** `User/Create`: name, whether it is required, and the values that are allowed (Electa API 3.0, User/Create). */
const fields: readonly { name: string; required?: true; allowed?: readonly string[]; moderatorOnly?: true }[] = [
  { name: 'Email', required: true },
  { name: 'FirstName', required: true },
  { name: 'LastName', required: true },
  { name: 'UserType', required: true, allowed: ['STD', 'MDR', 'ADM'] },
  { name: 'Gender', allowed: ['M', 'F', 'N'] },
  { name: 'Address' },
  { name: 'Zip' },
  { name: 'Phone' },
  { name: 'CanCreateUsers', allowed: ['True', 'False'], moderatorOnly: true },
  { name: 'CanSetUpEvents', allowed: ['True', 'False'], moderatorOnly: true },
  { name: 'CanAccessForeignUsers', allowed: ['True', 'False'], moderatorOnly: true },
  { name: 'CanBrowseModerators', allowed: ['True', 'False'], moderatorOnly: true },
  { name: 'CanRemoveUserAccounts', allowed: ['True', 'False'], moderatorOnly: true },
];

/** With CID and Token these are the call's 15 parameters. */
export const userFieldNames: readonly string[] = fields.map(({ name }) => name);

/** @returns the fields that were given, by their documented names, or the first mistake */
export function readUser(values: ReadonlyMap<string, string>): Record<string, string> | { readonly problem: string } {
  const user: Record<string, string> = {};
  for (const { name, required, allowed, moderatorOnly } of fields) {
    const value = values.get(name.toLowerCase());
    if (value === undefined || value.trim() === '') {
      if (required) return { problem: `Missing parameter ${name}` };
      if (value !== undefined) return { problem: `Empty parameter ${name}` };
      continue;
    }
    if (allowed && !allowed.includes(value)) return { problem: `Invalid value for ${name}` };
    if (moderatorOnly && user.UserType !== 'MDR') return { problem: `${name} is for MDR only` };
    user[name] = value;
  }
  return /^[^\s@]+@[^\s@]+$/.test(user.Email ?? '') ? user : { problem: 'Invalid value for Email' };
}
