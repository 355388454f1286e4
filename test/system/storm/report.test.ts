import { describe, expect, it } from 'vitest';
import { toldEvent } from '../../../infra/tools/ledger/step-story.ts';
import type { SimulatedAccount } from '../../../lambdas/platforms/platform-simulator.ts';
import type { ToldOutcome } from '../../../lambdas/signups/outcome.ts';
import { ended, item, signupId } from '../../infra/tools/ledger/example-item.ts';
import type { PlannedSignup } from './plan.ts';
import { type Aftermath, judge } from './report.ts';

const email = 'ada@example.com';
const planned: PlannedSignup = { email, destination: 'classroom', losesReply: false, duplicate: 'none' };
const account: SimulatedAccount = {
  userId: '1',
  email,
  username: 'a',
  firstName: 'A',
  lastName: 'L',
  password: 'p',
  fields: {},
};

/** One signup that ended as said, was told so, and has so many accounts. */
function aftermath(outcome: ToldOutcome, accounts: number): Aftermath {
  const step = ended('account', outcome);
  const event = toldEvent(step);
  return {
    accepted: new Map([[signupId, planned]]),
    items: [item({ steps: [step] })],
    events: event === undefined ? [] : [event],
    accounts: { classroom: Array.from({ length: accounts }, () => account), courses: [] },
    deadLetters: 0,
  };
}

describe('the judge of a storm', () => {
  it('finds nothing broken where the signup has its account and its event', () => {
    expect(judge(aftermath('created', 1))).toMatchObject({ broken: [], lost: 0, secondAccounts: 0, copies: { 1: 1 } });
  });

  const created = aftermath('created', 1);
  const [event] = created.events;
  it.each<[string, Aftermath, RegExp]>([
    ['no item', { ...created, items: [] }, /is lost/],
    ['no event', { ...created, events: [] }, /is lost/],
    ['a second account', aftermath('created', 2), /second account/],
    ['no account', aftermath('created', 0), /there is no account/],
    ['an account after a rejection', aftermath('rejected', 1), /there is an account/],
    ['another outcome told', { ...created, events: aftermath('existing', 1).events }, /was told existing/],
    ['a dead letter', { ...created, deadLetters: 1 }, /dead letter/],
    ['another id', { ...created, events: event ? [event, { ...event, id: 'x' }] : [] }, /2 events for one run/],
    [
      'no event by its schema',
      { ...created, events: event ? [{ ...event, sequence: '1' }] : [] },
      /is none by its schema/,
    ],
    [
      'other bytes',
      { ...created, events: event ? [event, { ...event, time: 'x' }] : [] },
      /copies of the event .* differ/,
    ],
  ])('finds %s', (_, found, words) => {
    expect(judge(found).broken.join('\n')).toMatch(words);
  });
});
