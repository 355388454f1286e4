import { expect, test } from 'vitest';
import { stateOf } from '../../lambdas/signup-status/state.ts';
import {
  calling,
  ended,
  everyItem,
  finishedAt,
  itemWith,
  now,
  sentAt,
  signupId,
  suspect,
  unavailable,
  waiting,
} from './sample-items.ts';

const run = { run: 1, attempts: 1, conflicts: 0 };
const told = {
  finishedAt,
  afterLostReply: false,
  eventId: `${signupId}/classroom/account/1`,
  account: { userId: '9041', role: 'student' },
  notApplied: [],
};

test('no item is accepted', () => {
  expect(stateOf(undefined, now)).toEqual({ state: 'accepted' });
});

test('a step under a lease is being worked on', () => {
  expect(stateOf(itemWith(calling), now)).toEqual({ state: 'working', ...run, since: sentAt });
  expect(stateOf(itemWith(suspect), now)).toEqual({ state: 'working', ...run, attempts: 0, since: sentAt });
});

test('a step whose lease ran out waits, because its worker died, and says whether a call was under way', () => {
  const lapsed = { lease: now };
  const died = { state: 'waiting', since: sentAt, reason: { code: 'crashed' } };
  expect(stateOf(itemWith(calling, lapsed), now)).toMatchObject({ ...died, maybeDone: true });
  expect(stateOf(itemWith(suspect, lapsed), now)).toMatchObject({ ...died, maybeDone: false });
  expect(stateOf(itemWith({ ...suspect, maybeDone: true }, lapsed), now)).toMatchObject({ maybeDone: true });
  expect(stateOf(itemWith(suspect, lapsed), now)).not.toHaveProperty('nextAttemptAt');
});

test('an orderly return waits, with its reason and the next attempt', () => {
  expect(stateOf(itemWith(waiting({ attempt: 3, maybeDone: true })), now)).toEqual({
    state: 'waiting',
    ...run,
    attempts: 3,
    since: sentAt,
    nextAttemptAt: '2026-11-22T10:19:00.000Z',
    reason: unavailable,
    maybeDone: true,
  });
});

test('created tells the account and the event', () => {
  expect(stateOf(itemWith(ended('created')), now)).toEqual({ state: 'created', ...run, ...told });
});

test('existing after a lost reply says so, and what was not applied', () => {
  const reason = { code: 'vendor-duplicate', message: 'in use' } as const;
  const step = ended('existing', reason, { afterLostReply: true, notApplied: ['tags'] });
  const expected = { state: 'existing', ...run, ...told, reason, afterLostReply: true, notApplied: ['tags'] };
  expect(stateOf(itemWith(step), now)).toEqual(expected);
});

test.each(['rejected', 'failed', 'unknown'] as const)(
  '%s tells the reason, and no account where there is none',
  (outcome) => {
    const reason = { code: 'gave-up', message: 'words' } as const;
    const { account: _, ...withoutAccount } = told;
    const expected = { state: outcome, ...run, ...withoutAccount, reason };
    expect(stateOf(itemWith(ended(outcome, reason, { account: null })), now)).toEqual(expected);
  },
);

test('ignored has neither event nor end, and says since when', () => {
  expect(stateOf(itemWith(ended('ignored')), now)).toEqual({ state: 'ignored', ...run, since: sentAt });
});

test('what the vendor did not say of the account is absent', () => {
  const step = ended('created', null, { account: { userId: null, username: 'x', role: null } });
  expect(stateOf(itemWith(step), now)).toMatchObject({ account: {} });
  expect(JSON.stringify(stateOf(itemWith(step), now))).not.toContain('username');
});

test('runs and conflicts are counted', () => {
  const item = itemWith(ended('created'), { run: 2, conflicts: ['a', 'b', 'c'] });
  expect(stateOf(item, now)).toMatchObject({ run: 2, conflicts: 3 });
});

test('an event of a version that cannot be read any more still leaves the outcome', () => {
  const step = { ...ended('created'), event: '{"specversion":"9"}' };
  expect(stateOf(itemWith(step), now)).toEqual({ state: 'created', ...run });
});

test('an address in the reason is not shown', () => {
  const step = waiting({ reason: { code: 'vendor-rejected', message: 'no <ada@example.com>, please' } });
  expect(stateOf(itemWith(step), now)).toMatchObject({ reason: { message: 'no <[e-mail address]>, please' } });
});

test('nothing of the person, the credentials or the body is in any state', () => {
  expect(JSON.stringify(everyItem)).toContain('CANARY');
  expect(JSON.stringify(everyItem.map((item) => stateOf(item, now)))).not.toContain('CANARY');
});

test('an account’s registrations are told beside it, each with its own state', () => {
  const account = ended('created');
  const registered = { ...ended('created'), name: 'registration:algebra' };
  const tried = { ...waiting(), name: 'registration:biology' };
  const item = { ...itemWith(account), steps: [account, registered, tried] };
  expect(stateOf(item, now)).toMatchObject({
    state: 'created',
    registrations: { algebra: { state: 'created' }, biology: { state: 'waiting', reason: unavailable } },
  });
});
