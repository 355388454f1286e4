import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asSample } from '../../../infra/contract/as-sample.ts';
import { type AwsClients, localAwsClients } from '../../../infra/local/aws-clients.ts';
import { startQueuesAndTopics } from '../../../infra/local/servers/queues-and-topics.ts';
import { createPublish } from '../../../lambdas/aws/topic.ts';
import { type EventData, eventSchema } from '../../../lambdas/signups/event.ts';
import { eventAttributes } from '../../../lambdas/signups/event-attributes.ts';
import { writeEvent } from '../../../lambdas/signups/write-event.ts';
import { contractFolder } from '../../fixtures/event-schemas.ts';

/** Each filter policy of the contract on a topic of its own: what comes through, of one event of every kind. */

const region = 'eu-central-1';
const folder = join(contractFolder, 'filters');
const filters = readdirSync(folder).map((file) => basename(file, '.json'));

const example = eventSchema.parse(
  JSON.parse(readFileSync(join(contractFolder, 'v1/examples/created.json'), 'utf8')),
).data;

interface Kind {
  readonly step: string;
  readonly outcome: EventData['outcome'];
  readonly source: string;
  readonly destination: string;
  readonly platform: string;
  readonly test: boolean;
}

const places = [
  { source: 'shop', destination: 'classroom', platform: 'electa' },
  { source: 'school', destination: 'academy', platform: 'digitalchalk-soap' },
];
const kinds: readonly Kind[] = eventSchema.shape.data.shape.outcome.options.flatMap((outcome) =>
  places.flatMap((place) =>
    ['account', 'registration'].flatMap((step) => [false, true].map((test) => ({ step, outcome, ...place, test }))),
  ),
);

const expected: Readonly<Record<string, (kind: Kind) => boolean>> = {
  accounts: ({ step }) => step === 'account',
  'created-at-one-destination': ({ outcome, destination }) => outcome === 'created' && destination === 'classroom',
  'every-other-platform': ({ platform }) => platform !== 'electa',
  'learner-has-an-account': ({ step, outcome }) => step === 'account' && ['created', 'existing'].includes(outcome),
  'needs-a-person': ({ outcome }) => outcome === 'rejected' || outcome === 'failed' || outcome === 'unknown',
  'no-samples': ({ test }) => !test,
  'one-destination': ({ destination }) => destination === 'classroom',
  'one-source': ({ source }) => source === 'shop',
  'only-created': ({ outcome }) => outcome === 'created',
  'only-samples': ({ test }) => test,
  registrations: ({ step }) => step === 'registration',
};

let clients: AwsClients;
let close: () => Promise<void>;
let url: string;
beforeAll(async () => {
  const server = await startQueuesAndTopics();
  ({ url } = server);
  clients = localAwsClients({ sqs: url, sns: url, dynamodb: url, secretsmanager: url }, region);
  close = async () => {
    clients.destroy();
    await server.close();
  };
});
afterAll(() => close());

it('there is no filter that is not tested', () => {
  expect(filters.sort()).toEqual(Object.keys(expected).sort());
});

it.each(filters)('%s lets through what its name says, and nothing else', async (name) => {
  const { TopicArn = '' } = await clients.sns.send(new CreateTopicCommand({ Name: name }));
  await clients.sqs.send(new CreateQueueCommand({ QueueName: name }));
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${region}:000000000000:${name}`,
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: readFileSync(join(folder, `${name}.json`), 'utf8') },
    }),
  );
  const publish = createPublish(clients.sns, TopicArn);
  for (const [index, { step, test, ...kind }] of kinds.entries()) {
    const text = writeEvent('prod', step, index, { ...example, ...kind });
    const event = test ? asSample(text) : text;
    await publish(event, eventAttributes(event));
  }
  const came: Kind[] = [];
  for (;;) {
    const receive = new ReceiveMessageCommand({ QueueUrl: `${url}/000000000000/${name}`, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await clients.sqs.send(receive);
    if (Messages.length === 0) break;
    for (const { Body = '' } of Messages) {
      const { type, data, test = false } = eventSchema.parse(JSON.parse(Body));
      const { outcome, source, destination, platform } = data;
      came.push({ step: type.split('.')[1] ?? '', outcome, source, destination, platform, test });
    }
  }
  const keep = expected[name] ?? (() => false);
  expect(came).toHaveLength(kinds.filter(keep).length);
  expect(new Set(came.map((kind) => JSON.stringify(kind)))).toEqual(
    new Set(kinds.filter(keep).map((kind) => JSON.stringify(kind))),
  );
});
