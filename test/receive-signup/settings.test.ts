import { expect, test } from 'vitest';
import { readSettings } from '../../lambdas/receive-signup/settings.ts';

const config = {
  stage: 'test',
  sources: { shop: { verify: { scheme: 'shopify' }, dedupeKey: ['/id'], to: ['classroom'] } },
};
const url = 'https://sqs.eu-central-1.amazonaws.com/000000000000/matriculate-test-classroom';
const read = (json: unknown, queueUrls: unknown) =>
  readSettings(JSON.stringify(json), { QUEUE_URLS: JSON.stringify(queueUrls) });

test('the config and the queues are read', () => {
  expect(read(config, { classroom: url })).toEqual({ config, queueUrls: new Map([['classroom', url]]) });
});

test('every mistake is told at once', () => {
  expect(() => read({ ...config, sources: { shop: { verify: {} } } }, { a: 'no-url', b: '' })).toThrow(
    "receive-signup can't start:\nconfig.json is not what synth writes: synthesize the stage again\nQUEUE_URLS holds no URL for a\nQUEUE_URLS holds no URL for b",
  );
  expect(() => read(config, { other: 'no-url' })).toThrow(
    'QUEUE_URLS holds no URL for other\nQUEUE_URLS has no queue for classroom',
  );
});

test.each<[string, string, string | undefined]>([
  ['a cut config', '{"stage":', `{"classroom":"${url}"}`],
  ['a list as config', '[]', `{"classroom":"${url}"}`],
  ['no queues', JSON.stringify(config), undefined],
  ['a list of queues', JSON.stringify(config), `["${url}"]`],
  ['a number as a queue', JSON.stringify(config), '{"classroom":1}'],
  [
    'a prototype for a queue',
    JSON.stringify({ ...config, sources: { shop: { ...config.sources.shop, to: ['toString'] } } }),
    `{"classroom":"${url}"}`,
  ],
])('%s does not start', (_, text, queues) => {
  expect(() => readSettings(text, { QUEUE_URLS: queues })).toThrow("receive-signup can't start");
});
