import type { Variants } from '../simulator/variants.ts';

/** Everything that the documentation of Electa's API 3.0 leaves open, as switches of the simulator; the default first. */
export const electaVariants = {
  /** Where the new user's fields stand. */
  envelope: ['in-data', 'nested', 'flat', 'bare-user', 'attributes'],
  /** How they are called. */
  tags: ['documented', 'short', 'plain', 'lower', 'upper'],
  /** How text is written. */
  text: ['named', 'numeric', 'cdata'],
  layout: ['one-line', 'indented'],
  encoding: ['utf-8', 'utf-8-with-mark', 'utf-16', 'undeclared'],
  /** "The result is the error code": in an envelope with words, or alone. */
  errors: ['coded', 'bare-element', 'bare-text'],
  /** The HTTP status of an error. */
  errorStatus: ['200', '400'],
  userId: ['told', 'not-told'],
  userTypeTold: ['code', 'words'],
  /** Whether a new token ends the earlier one. */
  newToken: ['keeps-earlier', 'ends-earlier'],
  /** On a single-teacher account all teacher parameters are discarded. */
  teachers: ['many', 'single'],
  /** Whether a login that succeeds forgives the failed ones before it. */
  failedLogins: ['add-up', 'forgiven'],
} as const satisfies Variants;
