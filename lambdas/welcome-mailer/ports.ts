import type { PrivateKeys } from '../subscriber/private-keys.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. It may hold a password: put it into no log. */
  readonly text: string;
}

/** @throws Error where nobody took the mail */
export type SendMail = (mail: Mail) => Promise<void>;

/** What was mailed already, by event id: SNS and SQS deliver at least once. */
export interface SentMails {
  /** `ours`: nobody has mailed it, and nobody else will for a minute. `sent`: it was mailed. `busy`: somebody else is at it. */
  readonly claim: (eventId: string) => Promise<'ours' | 'sent' | 'busy'>;
  /** It was mailed. */
  readonly done: (eventId: string) => Promise<void>;
  /** It was not: whoever gets the next copy may try at once. */
  readonly release: (eventId: string) => Promise<void>;
}

export interface LogFields {
  readonly signupId?: string;
  readonly destination?: string;
  readonly detail?: string;
}

export interface WelcomeMailerDeps {
  readonly send: SendMail;
  readonly sentMails: SentMails;
  /** The recipient's private keys; `fresh` asks for those of now, because a new one may have been made. */
  readonly keys: (fresh: boolean) => Promise<PrivateKeys>;
  /** One line of log; nothing of the person. */
  readonly log: (message: string, about: LogFields) => void;
}
