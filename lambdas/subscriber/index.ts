/** The package's front door; inside this repository files are imported one by one. */
export { type Credentials, decryptCredentials, NotForUsError } from './decrypt-credentials.ts';
export type { Account, EventCredentials, EventData, Outcome, Person, SignupEvent } from './event.ts';
export { outcomes } from './event.ts';
export { InvalidEventError } from './invalid-event-error.ts';
export { InvalidKeysError } from './invalid-keys-error.ts';
export { type PrivateKeys, readPrivateKeys } from './private-keys.ts';
export { type ReadEvent, readEvent } from './read-event.ts';
export { type Standing, standingOf, streamOf } from './standing.ts';
