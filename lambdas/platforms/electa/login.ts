import { busyFailure, type StatusFailure, statusFailure, unansweredFailure } from '../http-failure.ts';
import type { LoginResult } from '../platform.ts';
import type { VendorReply } from '../vendor-http.ts';
import { meaningOf, refusalWords } from './refusal.ts';
import { readReply } from './reply.ts';
import type { ElectaSettings } from './settings.ts';

/** Electa API 3.0, Authentication: a token lives 20 minutes. A minute is left for the clocks and the way. */
export const tokenLivesMs = 19 * 60_000;

const token = /^[!-~]{8,128}$/;

/**
 * What a reply to a token request means. A refusal that can be read counts as one of the credentials whatever its words, because the
 * vendor counts it too and locks the account after five.
 */
export function judgeLogin(reply: VendorReply, settings: ElectaSettings, appKey: string, now: number): LoginResult {
  if (reply.kind !== 'answered') return unansweredFailure(reply);
  const busy = busyFailure(reply, now);
  if (busy !== null) return busy;
  const failure = statusFailure(reply, now);
  const read = readReply(reply, settings.replyNames);
  switch (read.kind) {
    case 'unreadable':
      return failureOfStatus(failure, `unreadable reply to the login: ${read.message}`);
    case 'document': {
      const [told, other] = read.fields.all('text').map((text) => text.trim());
      if (failure === null && read.coded && told !== undefined && other === undefined && token.test(told))
        return { kind: 'token', token: told, livesMs: tokenLivesMs };
      return failureOfStatus(failure, 'the reply to the login has no token in it');
    }
    case 'refused': {
      const message = refusalWords(read, [appKey]);
      const meaning = meaningOf(read, settings.refusals);
      if (meaning === 'temporary') return { kind: 'not-done', message };
      // A login into a lock may count as a failed one. Nobody knows, and so nobody logs in until it must be over.
      if (meaning === 'locked') return { kind: 'nobody-knows', message };
      return { kind: 'credentials-refused', message };
    }
  }
}

/** The status's meaning where the body has none. A bare 4xx that takes nothing for granted is the credentials' refusal. */
function failureOfStatus(failure: StatusFailure | null, message: string): LoginResult {
  if (failure === null) return { kind: 'nobody-knows', message };
  const isRefusal = failure.kind === 'rejected' || failure.kind === 'forbidden';
  return isRefusal ? { kind: 'credentials-refused', message: failure.message } : failure;
}
