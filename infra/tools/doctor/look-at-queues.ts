import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { openOutcomes } from '../ledger/open-outcomes.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

/** What is on its way to a destination, what is dead, and what ended open. */
export async function lookAtQueues(stage: OperatedStage, destination: string): Promise<Finding[]> {
  const [queue, deadLetters] = await Promise.all([stage.queueUrl(destination), stage.deadLetterQueueUrl(destination)]);
  const [waiting, dead, open] = await Promise.all([
    messagesIn(stage.sqs, queue),
    messagesIn(stage.sqs, deadLetters),
    openOutcomes(stage, [destination]),
  ]);
  const about = `queue ${destination}`;
  const count = waiting.visible + waiting.invisible;
  return [
    count === 0
      ? ok(about, 'nothing waits')
      : note(
          about,
          `${count} on ${count === 1 ? 'its' : 'their'} way: ${waiting.visible} to be worked on now, ${waiting.invisible} being worked on or waiting for their time`,
        ),
    ...(dead.visible + dead.invisible === 0
      ? []
      : [
          wrong(
            about,
            `${dead.visible + dead.invisible} dead letters: mend the cause, then npm run redrive${stage.word} -- --dlq`,
          ),
        ]),
    ...(open.length === 0
      ? []
      : [note(about, `${open.length} ended rejected, failed or unknown: npm run redrive${stage.word}`)]),
  ];
}

/** How many messages a queue holds, as well as SQS knows. */
export async function messagesIn(sqs: SQSClient, QueueUrl: string): Promise<{ visible: number; invisible: number }> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  const number = (name: keyof typeof Attributes) => Number(Attributes[name] ?? 0);
  return {
    visible: number('ApproximateNumberOfMessages'),
    invisible: number('ApproximateNumberOfMessagesNotVisible') + number('ApproximateNumberOfMessagesDelayed'),
  };
}
