import { type EventCredentials, type Outcome, outcomes, type SignupEvent } from './event.ts';
import { InvalidEventError } from './invalid-event-error.ts';
import { count, flag, listOf, matching, nullable, object, oneOf, type Reader, record, text } from './readers.ts';

/**
 * A message that was read. `other` is a type of event that this version of the library does not know, such as a later one's: acknowledge it, or
 * filter by `type` when you subscribe.
 */
export type ReadEvent =
  | { readonly kind: 'account' | 'registration'; readonly event: SignupEvent }
  | { readonly kind: 'other'; readonly type: string };

/**
 * Reads the body of an SQS message, as SNS delivers it: the event itself (raw message delivery), or in SNS's envelope. Fields of later minor
 * versions do no harm; they are left out.
 *
 * @param body an `SQSRecord`'s `body`, or the SDK's `Body`
 * @throws InvalidEventError where it is no event of this major version
 */
export function readEvent(body: string): ReadEvent {
  const message = record(parse(body), '');
  const event =
    message.Type === 'Notification' && 'Message' in message ? parse(text(message.Message, 'Message')) : message;
  const type = text(record(event, '').type, 'type');
  const kind = kinds.find((each) => outcomes.some((outcome) => type === typeOf(each, outcome)));
  if (kind === undefined) return { kind: 'other', type };
  const read = signupEvent(event, '');
  if (type !== typeOf(kind, read.data.outcome)) throw new InvalidEventError('data.outcome must be what type says');
  return { kind, event: read };
}

const kinds = ['account', 'registration'] as const;

const typeOf = (kind: (typeof kinds)[number], outcome: Outcome): string => `matriculate.${kind}.${outcome}.v1`;

const credentials: Reader<EventCredentials> = object((field) => {
  const state = field('state', oneOf('encrypted', 'chosen', 'existing', 'lost', 'unconfirmed', 'discarded'));
  switch (state) {
    case 'encrypted':
      return { state, jwe: field('jwe', record) };
    case 'unconfirmed':
      return { state, jwe: field('jwe', nullable(record)) };
    default:
      return { state };
  }
});

const data = object((field) => ({
  outcome: field('outcome', oneOf(...outcomes)),
  signupId: field('signupId', text),
  run: field('run', count),
  reference: field('reference', nullable(text)),
  source: field('source', text),
  destination: field('destination', text),
  platform: field('platform', text),
  person: field(
    'person',
    nullable(
      object((its) => ({
        email: its('email', text),
        firstName: its('firstName', text),
        lastName: its('lastName', text),
        locale: its('locale', nullable(text)),
      })),
    ),
  ),
  offering: field('offering', nullable(text)),
  registrationId: field('registrationId', nullable(text)),
  account: field(
    'account',
    nullable(
      object((its) => ({
        userId: its('userId', nullable(text)),
        username: its('username', nullable(text)),
        role: its('role', nullable(text)),
      })),
    ),
  ),
  loginUrl: field('loginUrl', nullable(text)),
  credentials: field('credentials', nullable(credentials)),
  notApplied: field('notApplied', listOf(text)),
  context: field('context', record),
  reason: field('reason', nullable(object((its) => ({ code: its('code', text), message: its('message', text) })))),
  attempts: field('attempts', count),
  afterLostReply: field('afterLostReply', flag),
  acceptedAt: field('acceptedAt', text),
  finishedAt: field('finishedAt', text),
}));

const signupEvent: Reader<SignupEvent> = object((field) => {
  const event = {
    specversion: field('specversion', oneOf('1.0')),
    type: field('type', text),
    source: field('source', text),
    subject: field('subject', text),
    // `s`, for an offering may hold a line separator.
    id: field('id', matching(/^[^/]+\/[^/]+\/.+\/\d+$/s, 'an id such as shop.8fk2/classroom/account/1')),
    sequence: field('sequence', matching(/^\d{10}$/, 'ten digits')),
    time: field('time', text),
    datacontenttype: field('datacontenttype', oneOf('application/json')),
    data: field('data', data),
  };
  return field('test', (value) => value === true) ? { ...event, test: true } : event;
});

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new InvalidEventError('the message must be JSON');
  }
}
