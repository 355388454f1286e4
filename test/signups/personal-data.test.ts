import { expect, it } from 'vitest';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { withoutPersonalData } from '../../lambdas/signups/personal-data.ts';
import { changedAt } from '../fixtures/changed-at.ts';
import { schemaProblems } from '../fixtures/event-schemas.ts';

const examples = exampleEvents.map(({ name, text }) => ({ name, event: eventSchema.parse(JSON.parse(text)) }));

it.each(examples)('leaves nothing of the person in $name, and it is an event by its schema still', ({ event }) => {
  const [words, email] = ['The address ada@example.com is taken', 'ada@example.com'];
  const spoken = [
    ['data.account.username', email],
    ['data.context', { email }],
    ['data.reference', email],
    ['data.account.userId', email],
    ...(event.data.reason?.code === 'mapping' ? [] : [['data.reason.message', words]]),
  ].reduce<unknown>((json, [path, value]) => changedAt(json, String(path), value), event);
  const { data } = eventSchema.parse(spoken);
  const told = withoutPersonalData(data);
  expect(JSON.stringify(told)).not.toMatch(/ada@|Ada|Lovelace/);
  expect(schemaProblems(JSON.stringify({ ...event, data: told }))).toEqual([]);
});

it('keeps ids, the outcome, the reason’s code, and what only a recipient can read', () => {
  const rejected = examples.find(({ name }) => name === 'rejected');
  const created = examples.find(({ name }) => name === 'created');
  if (!rejected || !created) throw new Error('the examples have changed');
  expect(withoutPersonalData(rejected.event.data)).toMatchObject({
    outcome: 'rejected',
    signupId: rejected.event.data.signupId,
    reference: '1001',
    reason: { code: 'vendor-rejected' },
  });
  expect(withoutPersonalData(created.event.data)).toMatchObject({
    account: { userId: '9041', username: null },
    credentials: created.event.data.credentials,
  });
});
