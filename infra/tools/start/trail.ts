import type { SQSRecord } from 'aws-lambda';
import { readMessage } from '../../../lambdas/signups/message.ts';
import type { Result } from './results.ts';

/** When a signup was accepted and put on a queue, in milliseconds since the epoch. */
export interface Queued {
  readonly acceptedAt: number;
  readonly queuedAt: number;
}

/** What the queues and the topic have shown so far. */
export interface Trails {
  /** @param queue the queue's name */
  readonly queued: (signupId: string, queue: string) => Queued | undefined;
  readonly result: (signupId: string, destination: string) => Result | undefined;
  readonly noteRecord: (record: SQSRecord) => void;
  readonly noteResult: (result: Result) => void;
}

export function createTrails(): Trails {
  const queued = new Map<string, Queued>();
  const results = new Map<string, Result>();
  return {
    queued: (signupId, queue) => queued.get(`${signupId} ${queue}`),
    result: (signupId, destination) => results.get(`${signupId} ${destination}`),
    noteRecord: ({ body, attributes, eventSourceARN }) => {
      const message = readable(body);
      if (!message) return;
      const times = { acceptedAt: Date.parse(message.acceptedAt), queuedAt: Number(attributes.SentTimestamp) };
      queued.set(`${message.signupId} ${eventSourceARN.split(':').at(-1)}`, times);
    },
    noteResult: (result) => {
      const { signupId, destination } = result.event.data;
      results.set(`${signupId} ${destination}`, result);
    },
  };
}

/** Anybody can put anything on a queue. */
function readable(body: string) {
  try {
    return readMessage(body);
  } catch {
    return undefined;
  }
}
