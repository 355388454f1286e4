import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createReceiveSignup } from '../../lambdas/receive-signup/handler.ts';
import { allSchemes } from '../receive-signup/verify/deliveries.ts';
import { now } from '../receive-signup/world.ts';

/** One source for each scheme, named after it. */
export const sources = Object.fromEntries(
  allSchemes.map(({ name, verify }) => [
    name,
    {
      verify,
      dedupeKey: name === 'Standard Webhooks' ? ['webhook-id', '/id'] : ['/id', '/line_items/0/sku'],
      to: ['classroom'],
    },
  ]),
);
export const keys = new Map(allSchemes.map(({ name, key }) => [`matriculate/test/sources/${name}`, { keys: [key] }]));

/** The function over ports that cost nothing, and the texts that it put on queues. */
export function setUp() {
  const sent: string[] = [];
  const secret = async (id: string) => ({
    version: '1',
    value: keys.get(id) ?? { key: 'a-status-key-of-some-length' },
    createdAt: 0,
  });
  const receive = createReceiveSignup({
    config: { stage: 'test', sources },
    secrets: { current: secret, previous: async () => undefined, refreshed: secret },
    sendToQueue: async (_, text) => void sent.push(text),
    now: () => now,
    observer: { info: () => undefined, warn: () => undefined, error: () => undefined, metric: () => undefined },
  });
  return { receive, sent };
}

const template: APIGatewayProxyEventV2 = {
  version: '2.0',
  routeKey: 'POST /webhooks/{source}',
  rawPath: '/webhooks/shop',
  rawQueryString: '',
  headers: {},
  requestContext: {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    http: { method: 'POST', path: '', protocol: '', sourceIp: '', userAgent: '' },
    requestId: '',
    routeKey: '',
    stage: '',
    time: '',
    timeEpoch: 0,
  },
  isBase64Encoded: false,
};

type Headers = Readonly<Record<string, string>>;
export const eventOf = (
  source: string,
  headers: Headers,
  content: string | Uint8Array,
  base64 = true,
): APIGatewayProxyEventV2 => ({
  ...template,
  pathParameters: { source },
  headers: { 'content-type': 'application/json', ...headers },
  body: base64 ? Buffer.from(content).toString('base64') : content.toString(),
  isBase64Encoded: base64,
});
