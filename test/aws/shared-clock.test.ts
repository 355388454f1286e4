import { createServer } from 'node:http';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createSharedClock, setClockBy } from '../../lambdas/aws/shared-clock.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const minute = 60_000;
const dateOf = (time: number) => new Date(time).toUTCString();

/** A machine whose clock is off by so much, and true time beside it. */
function machine(skew: number) {
  let time = noon;
  const clock = createSharedClock(() => time + skew);
  return {
    clock,
    error: () => clock.now() - time,
    /** A reply of the table's that took so long to be asked for, and to come back. */
    hear: (there: number, back: number) => {
      const heard = clock.asking();
      time += there;
      const date = dateOf(time);
      time += back;
      heard(date);
    },
  };
}

describe('the shared clock', () => {
  it.each([-20 * minute, -10 * minute, 10 * minute, 20 * minute])(
    'is set by the table’s first reply on a machine that is %i ms ahead',
    (skew) => {
      const { hear, error } = machine(skew);
      hear(20, 20);
      expect(Math.abs(error())).toBeLessThanOrEqual(1_020);
    },
  );

  it.each([-5_000, 4_000, 5_000])(
    'stands where the machine is %i ms ahead, for the Date counts whole seconds',
    (skew) => {
      const { hear, error } = machine(skew);
      hear(0, 0);
      expect(error()).toBe(skew);
    },
  );

  it.each([-5_001, 5_001])('is set where the machine is %i ms ahead', (skew) => {
    const { hear, error } = machine(skew);
    hear(0, 0);
    expect(error()).toBe(0);
  });

  it('is not set back by a reply that took long to come', () => {
    const { hear, error } = machine(0);
    hear(10, 8 * minute);
    expect(error()).toBe(0);
  });

  it('is not set ahead by a request that took long to go', () => {
    const { hear, error } = machine(0);
    hear(8 * minute, 10);
    expect(error()).toBe(0);
  });

  it('is never off by more than a few seconds once a reply came quickly, whatever came before', () => {
    const way = fc.integer({ min: 0, max: 10 * minute });
    fc.assert(
      fc.property(
        fc.integer({ min: -60 * minute, max: 60 * minute }),
        fc.array(fc.tuple(way, way)),
        (skew, replies) => {
          const { hear, error } = machine(skew);
          for (const [there, back] of replies) hear(there, back);
          hear(5, 5);
          expect(Math.abs(error())).toBeLessThanOrEqual(6_010);
        },
      ),
    );
  });

  it.each([undefined, '', 'soon'])('is left alone by a reply whose Date is %j', (date) => {
    const clock = createSharedClock(() => noon);
    clock.asking()(date);
    expect(clock.now()).toBe(noon);
  });
});

describe('the table’s client', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A table whose clock says noon, and that answers so. */
  async function table(status: number, body: unknown): Promise<DynamoDBClient> {
    const server = createServer((_, response) => {
      response.writeHead(status, { date: dateOf(noon), 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }

  it('sets the clock by a reply', async () => {
    const clock = createSharedClock(() => noon - 10 * minute);
    const client = setClockBy(await table(200, {}), clock);
    await client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: '1' } } }));
    expect(clock.now()).toBe(noon);
  });

  it('sets the clock by a refusal, too', async () => {
    const clock = createSharedClock(() => noon + 10 * minute);
    const refusal = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'no' };
    const client = setClockBy(await table(400, refusal), clock);
    await expect(client.send(new PutItemCommand({ TableName: 't', Item: { id: { S: '1' } } }))).rejects.toThrow('no');
    expect(clock.now()).toBe(noon);
  });

  it('sets the clock that it was given last', async () => {
    const [first, last] = [createSharedClock(() => 0), createSharedClock(() => 0)];
    const client = setClockBy(setClockBy(await table(200, {}), first), last);
    await client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: '1' } } }));
    expect([first.now(), last.now()]).toEqual([0, noon]);
  });
});
