import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Credentials, decryptCredentials, NotForUsError } from '../subscriber/decrypt-credentials.ts';
import type { SignupEvent } from '../subscriber/event.ts';
import { readEvent } from '../subscriber/read-event.ts';
import type { WelcomeMailerDeps } from './ports.ts';
import { welcomeMail } from './welcome-mail.ts';

/** Welcomes the learners of a batch of events; what fails comes back, each for itself, and at last goes to the dead letter queue. */
export const createWelcomeMailer =
  (deps: WelcomeMailerDeps) =>
  async ({ Records }: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const failures = Records.map(async ({ body, messageId }) => {
      try {
        await welcome(deps, body);
        return [];
      } catch (error) {
        // Only the error's name: its words may quote the mail.
        deps.log('could not welcome', { detail: error instanceof Error ? error.name : typeof error });
        return [{ itemIdentifier: messageId }];
      }
    });
    return { batchItemFailures: (await Promise.all(failures)).flat() };
  };

async function welcome(deps: WelcomeMailerDeps, body: string): Promise<void> {
  const read = readEvent(body);
  if (read.kind !== 'account') return;
  const { event } = read;
  const { signupId, destination } = event.data;
  const claim = await deps.sentMails.claim(event.id);
  if (claim === 'sent') return;
  if (claim === 'busy') throw new BusyError('another copy of the event is being worked on');
  try {
    const credentials = await open(deps, event);
    const mail = welcomeMail(event, credentials);
    if (event.test) deps.log('a sample: nothing is mailed', { signupId, destination, detail: ofKeys(credentials) });
    else if (mail === null) deps.log('nothing to mail', { signupId });
    else await deps.send(mail);
  } catch (error) {
    await deps.sentMails.release(event.id);
    throw error;
  }
  await deps.sentMails.done(event.id);
}

/** Whoever sends samples wants to know whether the keys fit; a sample without credentials does not tell. */
const ofKeys = (credentials: Credentials | null): string =>
  credentials === null ? 'no credentials in it, no key tried' : 'credentials opened, the key fits';

/** @returns `null` where the event has no JWE */
async function open({ keys }: WelcomeMailerDeps, { data }: SignupEvent): Promise<Credentials | null> {
  const { credentials } = data;
  if (credentials === null || !('jwe' in credentials)) return null;
  try {
    return await decryptCredentials(credentials.jwe, await keys(false));
  } catch (error) {
    if (!(error instanceof NotForUsError)) throw error;
    return decryptCredentials(credentials.jwe, await keys(true));
  }
}

/** Another copy of the event is in work; this one comes back, in case the other fails. */
class BusyError extends Error {
  override readonly name = 'BusyError';
}
