import { eventAttributes } from '../../lambdas/signups/event-attributes.ts';
import { record } from '../checks/record.ts';
import { eventJsonSchemas, type JsonSchema } from './event-schemas.ts';
import { contractVersion, type EventType, eventTypes } from './event-types.ts';
import { exampleEvents } from './example-events.ts';

/** The AsyncAPI 3.0 document: the results topic as a channel, each type of event as a message, whole, without a reference to another file. */
export const asyncApi = (): JsonSchema => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Matriculate: results of signups',
    version: contractVersion,
    description:
      'What became of each signup, told at least once: every copy of an event has the same id and the same bytes. Subscribe an SQS queue to the topic and filter by its attributes.',
    license: { name: 'MIT' },
  },
  defaultContentType: 'application/json',
  channels: {
    results: {
      address: 'matriculate-{stage}-results',
      title: 'Results',
      description: 'A standard SNS topic: events can come twice, and in another order than they were sent in.',
      parameters: { stage: { description: 'Such as `prod`' } },
      messages: Object.fromEntries(eventTypes.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
      bindings: { sns: { name: 'matriculate-{stage}-results', bindingVersion: '0.1.0' } },
    },
  },
  operations: {
    tellResult: {
      action: 'send',
      channel: { $ref: '#/channels/results' },
      summary: 'Tells how a run of a signup ended',
      messages: eventTypes.map(({ type }) => ({ $ref: `#/channels/results/messages/${type}` })),
    },
  },
  components: {
    messages: Object.fromEntries(eventTypes.map((eventType) => [eventType.type, messageOf(eventType)])),
  },
});

function messageOf({ type, step, outcome, meaning }: EventType): JsonSchema {
  const { $schema, ...payload } = record(eventJsonSchemas()[type]);
  const examples = exampleEvents.filter(({ text }) => eventAttributes(text).type === type);
  return {
    name: type,
    title: `${step} ${outcome}`,
    summary: meaning,
    contentType: 'application/json',
    headers: attributesSchema(type, outcome),
    payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: payload },
    examples: examples.map(({ name, summary, text }) => ({
      name,
      summary,
      headers: eventAttributes(text),
      payload: JSON.parse(text),
    })),
  };
}

/** The SNS message attributes, all of type String. */
const attributesSchema = (type: string, outcome: string): JsonSchema => ({
  type: 'object',
  properties: {
    type: { type: 'string', const: type },
    outcome: { type: 'string', const: outcome },
    source: { type: 'string', description: 'The enrollment system, by its id in the config' },
    destination: { type: 'string', description: 'The account on a learning platform, by its id in the config' },
    platform: { type: 'string', description: 'The kind of platform' },
    test: { type: 'string', const: 'true', description: 'Samples only' },
  },
  required: ['type', 'outcome', 'source', 'destination', 'platform'],
});
