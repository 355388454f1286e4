import { randomUUID } from 'node:crypto';
import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import type { ReplyWriter } from './simulated-reply.ts';
import { readFields } from './simulated-request.ts';

interface Registration {
  readonly id: string;
  readonly userId: string;
  readonly offeringId: string;
  readonly status: 'active';
}

interface Organisation {
  readonly write: ReplyWriter;
  readonly hasUser: (id: string) => boolean;
  readonly retakes: 'refused' | 'allowed';
}

/**
 * The `registrations` of a simulated organisation. Every id is an offering's, but for those that begin with `closed`, which are not open
 * for registration, and with `unknown`, which are nobody's.
 */
export function simulatedRegistrations({ write, hasUser, retakes }: Organisation) {
  const registrations: Registration[] = [];
  const has = (userId: string, offeringId: string) =>
    registrations.some((each) => each.userId === userId && each.offeringId === offeringId);

  function refusal(userId: unknown, offeringId: unknown): string | undefined {
    if (typeof userId !== 'string' || !hasUser(userId)) return 'The user does not exist';
    if (typeof offeringId !== 'string' || offeringId.trim() === '' || offeringId.startsWith('unknown'))
      return 'The offering does not exist';
    if (offeringId.startsWith('closed')) return 'The offering is not open for registration';
    return retakes === 'refused' && has(userId, offeringId) ? 'The user is registered for the offering' : undefined;
  }

  return {
    offeringsOf: (userId: string): string =>
      registrations
        .filter((each) => each.userId === userId)
        .map(({ offeringId }) => offeringId)
        .join(' '),

    create: (request: SimulatedRequest): SimulatedReply => {
      const body = readFields(request, ['userId', 'offeringId']);
      if ('problem' in body) return write.invalid([{ text: body.problem }]);
      const userId = body.fields.get('userId');
      const offeringId = body.fields.get('offeringId');
      const text = refusal(userId, offeringId);
      if (text !== undefined) return write.invalid([{ text }]);
      const id = randomUUID().replaceAll('-', '');
      registrations.push({ id, userId: String(userId), offeringId: String(offeringId), status: 'active' });
      return write.created(request, 'registrations', id);
    },

    list: (request: SimulatedRequest): SimulatedReply => {
      const filters = [...request.query].filter(([name]) => name !== 'limit' && name !== 'offset');
      const unknown = filters.find(([name]) => !['status', 'userId', 'offeringId'].includes(name));
      if (unknown !== undefined) return write.invalid([{ text: `There is no filter ${unknown[0]}` }]);
      const found = registrations.filter((each) =>
        filters.every(([name, value]) => Object.entries(each).some(([key, is]) => key === name && is === value)),
      );
      return write.list(
        request,
        found.map((each) => ({ ...each })),
      );
    },
  };
}
