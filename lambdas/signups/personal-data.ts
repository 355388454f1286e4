import type { EventData } from './event.ts';

/**
 * An event's data with ids only, for destinations whose events may hold no personal data: no person, no context (which is the sender's), no login
 * name (which can be an e-mail address), no words of a vendor (which can quote one; the ledger and the status keep them). The mapping's words
 * never repeat a value, and stay. Credentials stay, too: only their recipient reads them.
 */
export const withoutPersonalData = (data: EventData): EventData => ({
  ...data,
  person: null,
  context: {},
  account: data.account && { ...data.account, username: null },
  reason:
    data.reason === null || data.reason.code === 'mapping' ? data.reason : { code: data.reason.code, message: leftOut },
});

const leftOut = 'left out with the personal data; the status of the signup tells it';
