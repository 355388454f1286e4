import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readMessage } from '../signups/message.ts';
import type { Verdict } from './conclude.ts';
import type { ProvisionDeps } from './deps.ts';
import { longestPauseMs, pauseLimits } from './patience.ts';
import { provision } from './provision.ts';
import type { Session } from './session.ts';
import { tellWaiting } from './waiting-seconds.ts';

/** How soon a message comes back over which something broke, at most: the queue's 1,000 receives then last for five days. */
const brokenPauseSeconds = 900;

/**
 * Works on a batch: all records at once, each answered for itself. Suspects (which may kill this worker) come last: when everybody else's
 * result is durable, one of them is touched, and the others are handed back at once, to be touched by other invocations. So is that one where the others
 * took so long that the function could end before its record may: it would be counted as a crash.
 */
export const createProvisionUser =
  (deps: ProvisionDeps, session: Session) =>
  async (event: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> => {
    const { functionTimeoutMs, recordDeadlineMs } = deps.config.timeLimits;
    const touchBefore = deps.now() + functionTimeoutMs - recordDeadlineMs;
    const failed = new Set<string>();
    const answer = async (record: SQSRecord, verdict: Verdict): Promise<void> => {
      if (verdict.kind === 'finished') return;
      failed.add(record.messageId);
      if (verdict.kind === 'come-back') await comeBack(deps, record, verdict.at);
    };
    const suspects: SQSRecord[] = [];
    await Promise.all(
      event.Records.map(async (record) => {
        const verdict = await work(deps, session, record, 'leave');
        if (verdict.kind === 'suspect') suspects.push(record);
        else await answer(record, verdict);
      }),
    );
    const [suspect, ...others] = suspects;
    await Promise.all(others.map((record) => answer(record, { kind: 'come-back', at: deps.now() })));
    if (suspect !== undefined) {
      const inTime = deps.now() < touchBefore;
      await answer(suspect, inTime ? await work(deps, session, suspect, 'touch') : pause(deps, suspect));
    }
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** One record; whatever breaks, breaks for it alone. */
async function work(
  deps: ProvisionDeps,
  session: Session,
  record: SQSRecord,
  suspects: 'touch' | 'leave',
): Promise<Verdict> {
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  const sentAt = Number(record.attributes.SentTimestamp);
  try {
    return await provision(
      { message: readMessage(record.body), receiveCount, messageId: record.messageId, sentAt },
      suspects,
      deps,
      session,
    );
  } catch (cause) {
    // Only the error's name: its text may quote what it was given.
    const detail = cause instanceof Error ? cause.name : typeof cause;
    deps.observer.error('could not work on a message; it comes back', { receiveCount, detail });
    tellWaiting(deps, sentAt, 'broken');
    return pause(deps, record);
  }
}

/** Back after a while that grows with each receive, and is spread. */
function pause({ now, random }: ProvisionDeps, record: SQSRecord): Verdict {
  const ceiling = Math.min(brokenPauseSeconds, 2 ** Math.min(Number(record.attributes.ApproximateReceiveCount), 10));
  return { kind: 'come-back', at: now() + Math.ceil(random() * ceiling * 1000) };
}

/**
 * No message sleeps longer than a signup's longest pause, also where the vendor asked for hours: what comes too soon tells that it waits, and sleeps
 * again. If the queue does not take the new visibility, the message comes back after the queue's own.
 */
async function comeBack(deps: ProvisionDeps, record: SQSRecord, at: number): Promise<void> {
  const sleepMs = Math.min(longestPauseMs(pauseLimits(deps.config)), Math.max(0, at - deps.now()));
  const seconds = Math.ceil(sleepMs / 1000);
  await deps.changeVisibility(record.receiptHandle, seconds).catch(() => {
    deps.observer.warn('could not set when a message comes back; it comes when the queue says');
  });
}
