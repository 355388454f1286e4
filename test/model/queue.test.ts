import { expect, it } from 'vitest';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { createHistory } from './history.ts';
import { createQueue } from './queue.ts';
import { createTime } from './time.ts';

const text = writeMessage({
  kind: 'delivery',
  signupId: 'shop.ada',
  source: 'shop',
  acceptedAt: '2026-11-22T10:00:00.000Z',
  body: 'e30=',
  undedupable: undefined,
});

/** A queue with a visibility of 30 s that hands a message out three times. */
function queueAt(start: number) {
  const time = createTime(start);
  const history = createHistory(time.now);
  const queue = createQueue(time, history, { visibilityMs: 30_000, maxReceiveCount: 3, pick: () => 0 });
  const pass = (milliseconds: number) => {
    time.after(milliseconds, () => undefined);
    return time.run(time.now() + milliseconds);
  };
  return { queue, history, pass };
}

it('a message that was received is invisible until its visibility is over, and its count and time of sending stay with it', async () => {
  const { queue, pass } = queueAt(1_000);
  queue.send(text);
  expect(queue.take('w', 10)[0]?.attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: '1000' });
  await pass(29_999);
  expect(queue.take('w', 10)).toEqual([]);
  await pass(1);
  expect(queue.take('w', 10)[0]?.attributes).toMatchObject({ ApproximateReceiveCount: '2', SentTimestamp: '1000' });
});

it('a worker can have a message come back sooner, but not under an old receipt', async () => {
  const { queue, pass } = queueAt(0);
  queue.send(text);
  const first = queue.take('w', 1)[0]?.receiptHandle ?? '';
  queue.changeVisibility(first, 2);
  await pass(2_000);
  expect(queue.take('w', 1)).toHaveLength(1);
  expect(() => queue.changeVisibility(first, 2)).toThrow('no message is in flight');
});

it('a removed message is gone, unless the queue delivers it again all the same', async () => {
  const { queue, pass } = queueAt(0);
  queue.send(text);
  const id = queue.take('w', 1)[0]?.messageId ?? '';
  queue.remove(id);
  await pass(60_000);
  expect(queue.take('w', 1)).toEqual([]);
  queue.repeat(id, 10);
  await pass(10);
  expect(queue.take('w', 1)).toHaveLength(1);
});

it('a message goes to the DLQ when it would be received once too often', async () => {
  const { queue, history, pass } = queueAt(0);
  queue.send(text);
  for (let count = 0; count < 3; count++) {
    expect(queue.take('w', 1)).toHaveLength(1);
    await pass(30_000);
  }
  expect(queue.take('w', 1)).toEqual([]);
  expect(history.of('dead-lettered')).toHaveLength(1);
});
