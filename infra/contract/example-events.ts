import type { EventData } from '../../lambdas/signups/event.ts';
import { writeEvent } from '../../lambdas/signups/write-event.ts';
import { asSample } from './as-sample.ts';
import jwe from './example/jwe.json' with { type: 'json' };

/** One event as it is emitted, and what it shows. */
export interface ExampleEvent {
  /** The file's name. */
  readonly name: string;
  readonly summary: string;
  /** The event's text, byte by byte. */
  readonly text: string;
}

const signupId = 'shop.Zk4vZr2mT0aJqWnX1yQe5g';

/** An account that was made without a hitch; each example says how it differs. */
const created: EventData = {
  outcome: 'created',
  signupId,
  run: 1,
  reference: '1001',
  source: 'shop',
  destination: 'classroom',
  platform: 'electa',
  person: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', locale: 'en' },
  offering: null,
  registrationId: null,
  account: { userId: '9041', username: 'ada9041', role: 'student' },
  loginUrl: 'https://academy.example/classroom',
  credentials: { state: 'encrypted', jwe },
  notApplied: [],
  context: { campaign: 'autumn' },
  reason: null,
  attempts: 1,
  afterLostReply: false,
  acceptedAt: '2026-11-22T10:17:03.870Z',
  finishedAt: '2026-11-22T10:17:04.120Z',
};

const noAccount = { account: null, credentials: null } as const;

const registration = {
  offering: 'analysis-101',
  destination: 'academy',
  platform: 'digitalchalk-rest',
  loginUrl: 'https://academy.example/courses',
  credentials: null,
} as const;

/** Examples of every type and of every state of credentials. */
export const exampleEvents: readonly ExampleEvent[] = [
  example('created', 'An account was made; the recipient finds username and password in the JWE.', {}),
  example('created-chosen', 'The learner chose the password at the sender.', { credentials: { state: 'chosen' } }),
  example('created-discarded', 'The destination throws credentials away.', { credentials: { state: 'discarded' } }),
  example('created-lost', 'The vendor’s reply held no credentials that could be read.', {
    credentials: { state: 'lost' },
  }),
  example('created-without-personal-data', 'The destination has `"personalData": "omit"`.', {
    person: null,
    account: { userId: '9041', username: null, role: 'student' },
    context: {},
  }),
  example('existing', 'The learner had an account already; the course’s tag was not applied.', {
    outcome: 'existing',
    account: null,
    credentials: { state: 'existing' },
    notApplied: ['tags'],
    reason: { code: 'vendor-duplicate', message: 'Email address already exists' },
  }),
  example('existing-lost', 'The account is most likely ours, and nobody has its password: have it reset.', {
    outcome: 'existing',
    account: null,
    credentials: { state: 'lost' },
    reason: { code: 'vendor-duplicate', message: 'Email address already exists' },
    attempts: 2,
    afterLostReply: true,
  }),
  example('existing-unconfirmed', 'The password in the JWE was set, if the call whose reply was lost set it.', {
    outcome: 'existing',
    account: null,
    platform: 'digitalchalk-soap',
    credentials: { state: 'unconfirmed', jwe },
    attempts: 2,
    afterLostReply: true,
  }),
  example('rejected', 'The vendor refuses the signup for good, in its own words.', {
    ...noAccount,
    outcome: 'rejected',
    reason: { code: 'vendor-rejected', message: 'Invalid email address' },
  }),
  example('rejected-by-the-mapping', 'The payload became no signup: nobody was asked.', {
    ...noAccount,
    outcome: 'rejected',
    person: null,
    reference: null,
    context: {},
    reason: { code: 'mapping', message: 'email: is missing' },
    attempts: 0,
  }),
  example('failed', 'The vendor was down for three days.', {
    ...noAccount,
    outcome: 'failed',
    reason: { code: 'gave-up', message: 'gave up waiting; the last reason was vendor-unavailable: HTTP 503' },
    attempts: 290,
    finishedAt: '2026-11-25T10:17:04.120Z',
  }),
  example('unknown', 'A reply was lost at a vendor that takes a person twice: nothing is risked.', {
    ...noAccount,
    outcome: 'unknown',
    credentials: { state: 'lost' },
    reason: { code: 'vendor-reply-lost', message: 'no reply within 20 seconds' },
  }),
  example('registration-created', 'The learner takes the course.', { ...registration, registrationId: '77120' }),
  example('registration-existing', 'The learner took the course already.', {
    ...registration,
    outcome: 'existing',
    reason: { code: 'vendor-duplicate', message: 'User is already registered' },
  }),
  example('registration-rejected', 'The course is closed; the account stands.', {
    ...registration,
    outcome: 'rejected',
    reason: { code: 'vendor-rejected', message: 'Registration is closed' },
  }),
  example('registration-failed', 'The vendor went down after the account was made.', {
    ...registration,
    outcome: 'failed',
    reason: { code: 'gave-up', message: 'gave up waiting; the last reason was vendor-unavailable: HTTP 503' },
    attempts: 290,
  }),
  example('registration-unknown', 'A reply was lost, and the repeated call was refused.', {
    ...registration,
    outcome: 'unknown',
    reason: { code: 'vendor-rejected', message: 'User is already registered' },
    attempts: 2,
  }),
  sample('sample', 'What `npm run republish STAGE samples` sends: nobody signed up.'),
];

function example(name: string, summary: string, difference: Partial<EventData>): ExampleEvent {
  const data = { ...created, ...difference };
  // The account's event is always the first of a signup's.
  const [step, sequence] = data.offering === null ? ['account', 1] : [`registration:${data.offering}`, 2];
  return { name, summary, text: writeEvent('prod', step, sequence, data) };
}

function sample(name: string, summary: string): ExampleEvent {
  return { name, summary, text: asSample(writeEvent('prod', 'account', 1, created)) };
}
