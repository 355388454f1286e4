/** `User/Create` takes these for user type MDR only, as `True` or `False`. */
export const permissionParameters = [
  'CanCreateUsers',
  'CanSetUpEvents',
  'CanAccessForeignUsers',
  'CanBrowseModerators',
  'CanRemoveUserAccounts',
] as const;

/**
 * Every parameter of the calls that we make, in the order and spelling of the vendor's tables (Electa API 3.0, Token and User/Create):
 * AppKey is the token request's, CID is in both, all others are User/Create's. The service is believed to ignore case.
 */
export const electaParameters = [
  'CID',
  'AppKey',
  'Token',
  'Email',
  'FirstName',
  'LastName',
  'UserType',
  'Gender',
  'Address',
  'Zip',
  'Phone',
  ...permissionParameters,
] as const;

/** What a call carries; absent parameters are not sent. */
export type ElectaParameters = { readonly [Name in (typeof electaParameters)[number]]?: string };
