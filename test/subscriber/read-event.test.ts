import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { descriptions } from '../../infra/contract/descriptions.ts';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { type SignupEvent as EmittedEvent, eventSchema } from '../../lambdas/signups/event.ts';
import { parseSignup } from '../../lambdas/signups/signup.ts';
import { writeEvent } from '../../lambdas/signups/write-event.ts';
import type { SignupEvent } from '../../lambdas/subscriber/event.ts';
import { InvalidEventError } from '../../lambdas/subscriber/invalid-event-error.ts';
import { readEvent } from '../../lambdas/subscriber/read-event.ts';
import { changedAt } from '../fixtures/changed-at.ts';

const enveloped = (text: string): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:eu-central-1:111122223333:matriculate-prod-results',
    Message: text,
    Timestamp: '2026-11-22T10:17:04.200Z',
    MessageAttributes: { type: { Type: 'String', Value: 'matriculate.account.created.v1' } },
  });

const created = exampleEvents.find(({ name }) => name === 'created')?.text ?? '';

// The types are those of the events that are emitted: this fails when it is compiled, not when it runs.
type State<Event extends { data: { credentials: { state: string } | null } }> = NonNullable<
  Event['data']['credentials']
>['state'];
expectTypeOf<EmittedEvent>().toExtend<Omit<SignupEvent, 'test'>>();
expectTypeOf<keyof SignupEvent['data']>().toEqualTypeOf<keyof EmittedEvent['data']>();
expectTypeOf<SignupEvent['data']['outcome']>().toEqualTypeOf<EmittedEvent['data']['outcome']>();
expectTypeOf<State<SignupEvent>>().toEqualTypeOf<State<EmittedEvent>>();

describe.each(exampleEvents)('the example $name', ({ text }) => {
  it('is read whole, raw and in SNS’s envelope', () => {
    const event = eventSchema.parse(JSON.parse(text));
    const kind = event.data.offering === null ? 'account' : 'registration';
    expect(readEvent(text)).toEqual({ kind, event });
    expect(readEvent(enveloped(text))).toEqual({ kind, event });
  });

  it('is read the same with fields of a later version in every object', () => {
    const grown = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(grown);
      if (typeof value !== 'object' || value === null) return value;
      return {
        ...Object.fromEntries(Object.entries(value).map(([key, child]) => [key, grown(child)])),
        later: { x: 1 },
      };
    };
    const later = readEvent(JSON.stringify(grown(JSON.parse(text))));
    const now = readEvent(text);
    // What is not ours to know is handed on as it came: the sender's context, and the JWE.
    const opaque = { context: {}, credentials: null };
    expect(later.kind !== 'other' && { ...later.event, data: { ...later.event.data, ...opaque } }).toEqual(
      now.kind !== 'other' && { ...now.event, data: { ...now.event.data, ...opaque } },
    );
  });
});

it.each([
  'matriculate.account.created.v2',
  'matriculate.account.moved.v1',
  'matriculate.certificate.created.v1',
  'somebody.else.v1',
])('leaves %s to those who know it', (type) => {
  expect(readEvent(JSON.stringify({ ...JSON.parse(created), type }))).toEqual({ kind: 'other', type });
});

it('reads a registration for any offering that a signup may have', () => {
  const registration = exampleEvents.find(({ name }) => name === 'registration-created')?.text ?? '';
  const { data } = eventSchema.parse(JSON.parse(registration));
  const person = { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' };
  const character = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('/', '\u2028', '\u2029', ' '));
  const offerings = fc
    .array(character, { minLength: 1, maxLength: 20 })
    .map((parts) => parts.join(''))
    .filter((offering) => 'signup' in parseSignup({ ...person, offerings: [offering] }));
  fc.assert(
    fc.property(offerings, (offering) => {
      const text = writeEvent('prod', `registration:${offering}`, 1, { ...data, offering });
      expect(readEvent(text)).toMatchObject({ kind: 'registration', event: { data: { offering } } });
    }),
    { examples: [['analysis\u2028101'], ['analysis\u2029101']] },
  );
});

describe('refuses', () => {
  it.each([
    ['no JSON', '{"specversion"', /^the message must be JSON$/],
    ['a list', '[]', /^the message must be an object$/],
    ['an envelope without an event', JSON.stringify({ Type: 'Notification', Message: 'hello' }), /must be JSON/],
    ['an event without a type', '{}', /^type must be a text$/],
    ['a type that its data contradicts', changed('data.outcome', 'failed'), /^data\.outcome must be what type says$/],
    [
      'a state that this version does not know',
      changed('data.credentials.state', 'x'),
      /^data\.credentials\.state .*lost/,
    ],
    ['a JWE that is none', changed('data.credentials.jwe', 'x'), /^data\.credentials\.jwe must be an object$/],
    ['an id without a run', changed('id', 'shop.x/classroom/account'), /^id must be/],
  ])('%s', (_, body, message) => {
    expect(() => readEvent(body)).toThrow(InvalidEventError);
    expect(() => readEvent(body)).toThrow(message);
  });

  it('what the code’s own definition refuses, and nothing else', () => {
    const paths = Object.keys(descriptions).filter((path) => path !== 'type' && path !== 'id');
    const values = fc.constantFrom<unknown>(undefined, null, 1, -1, 0.5, 'x', '', true, [], {}, ['x'], '0000000002');
    fc.assert(
      fc.property(fc.constantFrom(...exampleEvents), fc.constantFrom(...paths), values, ({ text }, path, value) => {
        const body = JSON.stringify(changedAt(JSON.parse(text), path, value));
        const { success } = eventSchema.safeParse(JSON.parse(body));
        // `test` is a mark, not a promise; a JWE is not looked into before it is opened, but must be an object.
        fc.pre(path !== 'test' && path !== 'data.credentials.jwe' && path !== 'data.outcome' && path !== 'data.run');
        expect(reads(body)).toBe(success);
      }),
      { numRuns: 2000 },
    );
  });

  it('anything at all with an InvalidEventError, and never repeats what it was given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.json().map(enveloped)), (body) => {
        try {
          readEvent(body);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidEventError);
        }
      }),
    );
    const canary = changedAt(JSON.parse(created), 'data.person.email', { secret: 'c4n4ry' });
    expect(() => readEvent(JSON.stringify(canary))).toThrow(/^data\.person\.email must be a text$/);
  });
});

function changed(path: string, value: unknown): string {
  return JSON.stringify(changedAt(JSON.parse(created), path, value));
}

function reads(body: string): boolean {
  try {
    return readEvent(body).kind !== 'other';
  } catch {
    return false;
  }
}
