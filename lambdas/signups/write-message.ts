import type { SignupMessage } from './message.ts';

/** The queue message's text. Apart from its reader, so that who only writes it does not load the schema. */
export const writeMessage = (message: SignupMessage): string => JSON.stringify(message);
