import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { SignupMessage } from '../../lambdas/signups/message.ts';
import { readMessage } from '../../lambdas/signups/message.ts';
import type { Environment } from './environment.ts';
import type { History } from './history.ts';
import type { Time } from './time.ts';

interface Held {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receiveCount: number;
  visibleAt: number;
  receipt: string;
  deleted: boolean;
}

/** SQS's part of the world: one standard queue and its DLQ. */
export interface Queue {
  readonly send: (text: string) => void;
  /** Resolves when something can be received. */
  readonly visible: () => Promise<void>;
  readonly isAnyVisible: () => boolean;
  /** Lets another poller have what this one leaves. */
  readonly wake: () => void;
  /** Takes up to so many visible messages, in any order. */
  readonly take: (worker: string, count: number) => SQSRecord[];
  readonly remove: (messageId: string) => void;
  /** Delivers a message once more, though it may have been removed. */
  readonly repeat: (messageId: string, afterMs: number) => void;
  readonly changeVisibility: (receipt: string, seconds: number) => void;
  readonly waiting: () => number;
}

export interface QueueOptions {
  readonly visibilityMs: number;
  readonly maxReceiveCount: number;
  /** 0 ≤ random < 1: which of the visible messages comes first. */
  readonly pick: () => number;
}

export function createQueue(time: Time, history: History, options: QueueOptions): Queue {
  const messages = new Map<string, Held>();
  let sent = 0;
  const woken: (() => void)[] = [];

  /** One poller for one message; it wakes the next where it leaves some. */
  const wake = (): void => {
    if (visibleNow().length > 0) woken.shift()?.();
  };
  const becomesVisible = (message: Held, at: number): void => {
    message.visibleAt = at;
    time.after(at - time.now(), wake);
  };
  const visibleNow = (): Held[] =>
    [...messages.values()].filter((each) => !each.deleted && each.visibleAt <= time.now());

  function take(worker: string, count: number): SQSRecord[] {
    const candidates = visibleNow();
    const taken: SQSRecord[] = [];
    while (taken.length < count && candidates.length > 0) {
      const [message] = candidates.splice(Math.floor(options.pick() * candidates.length), 1);
      if (message === undefined) break;
      message.receiveCount++;
      if (message.receiveCount > options.maxReceiveCount) {
        message.deleted = true;
        history.add({ kind: 'dead-lettered', messageId: message.id });
        continue;
      }
      message.receipt = `${message.id}/${message.receiveCount}`;
      becomesVisible(message, time.now() + options.visibilityMs);
      history.add({ kind: 'received', messageId: message.id, worker, receiveCount: message.receiveCount });
      taken.push(recordOf(message));
    }
    return taken;
  }

  return {
    send: (body) => {
      const message: SignupMessage = readMessage(body);
      const id = `m${++sent}`;
      const held = { id, body, sentAt: time.now(), receiveCount: 0, visibleAt: 0, receipt: '', deleted: false };
      messages.set(id, held);
      history.add({ kind: 'sent', messageId: id, sentAt: held.sentAt, message });
      becomesVisible(held, time.now());
    },
    visible: () => (visibleNow().length > 0 ? Promise.resolve() : new Promise((resolve) => woken.push(resolve))),
    isAnyVisible: () => visibleNow().length > 0,
    wake,
    take,
    remove: (messageId) => {
      const message = messages.get(messageId);
      if (message === undefined) return;
      message.deleted = true;
      history.add({ kind: 'acknowledged', messageId });
    },
    repeat: (messageId, afterMs) => {
      const message = messages.get(messageId);
      if (message === undefined) return;
      time.after(afterMs, () => {
        message.deleted = false;
        becomesVisible(message, time.now());
      });
    },
    changeVisibility: (receipt, seconds) => {
      const message = [...messages.values()].find((each) => each.receipt === receipt);
      if (message === undefined || message.deleted || message.visibleAt <= time.now())
        throw new Error('no message is in flight under this receipt');
      becomesVisible(message, time.now() + seconds * 1000);
    },
    waiting: () => [...messages.values()].filter(({ deleted }) => !deleted).length,
  };
}

const recordOf = (message: Held): SQSRecord => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'receive-signup',
    ApproximateFirstReceiveTimestamp: String(message.sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:matriculate-prod-classroom',
  awsRegion: 'eu-central-1',
});

/** A worker's own client: it only sets when messages come back. */
export function queueClientFor(environment: Environment, queue: Queue): SQSClient {
  const send = (command: unknown) => {
    if (!(command instanceof ChangeMessageVisibilityCommand)) throw new Error('a worker only changes visibility');
    const { ReceiptHandle: receipt = '', VisibilityTimeout: seconds = 0 } = command.input;
    return environment.ask('change visibility', () => queue.changeVisibility(receipt, seconds));
  };
  return Object.create(SQSClient.prototype, { send: { value: send } });
}
