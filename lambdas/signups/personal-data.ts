import type { EventData } from './event.ts';
import { withoutAddresses } from './without-addresses.ts';

/**
 * An event's data with ids only, for destinations whose events may hold no personal data: no person, no context (which is the sender's), no login
 * name (which can be an e-mail address), no words of a vendor (which can quote one; the ledger and the status keep them), and no e-mail address
 * in the place of an id. The mapping's words never repeat a value, and stay. Credentials stay, too: only their recipient reads them.
 */
export const withoutPersonalData = (data: EventData): EventData => ({
  ...data,
  person: null,
  context: {},
  reference: idOnly(data.reference),
  account: data.account && { ...data.account, userId: idOnly(data.account.userId), username: null },
  reason:
    data.reason === null || data.reason.code === 'mapping' ? data.reason : { code: data.reason.code, message: leftOut },
});

const idOnly = (id: string | null): string | null => (id === null ? null : withoutAddresses(id));

const leftOut = 'left out with the personal data; the status of the signup tells it';
