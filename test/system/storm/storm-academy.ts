import type { SQSRecord } from 'aws-lambda';
import { readMessage } from '../../../lambdas/signups/message.ts';
import { type Academy, openAcademy } from '../academy.ts';

/** What the queues have shown. */
export interface Witness {
  /** The latest record of each signup, as SQS handed it over. */
  readonly records: ReadonlyMap<string, SQSRecord>;
  /** Signups whose message was received more than once. */
  readonly cameAgain: ReadonlySet<string>;
}

/** Both platforms, three workers each; each vendor call takes long enough to be killed in. */
export async function openStormAcademy(): Promise<Academy & Witness> {
  const records = new Map<string, SQSRecord>();
  const cameAgain = new Set<string>();
  const common = { credentials: ['mailer'], giveUpAfter: '10m', maximumConcurrency: 3, batchSize: 5 };
  const academy = await openAcademy(
    {
      sources: {
        'for-classroom': { preset: 'standard-webhooks', to: ['classroom'] },
        'for-courses': { preset: 'standard-webhooks', to: ['courses'] },
      },
      destinations: {
        classroom: { platform: 'electa', ...common },
        courses: { platform: 'digitalchalk-soap', ...common },
      },
    },
    {
      simulators: { classroom: { latencyMs: 60 }, courses: { latencyMs: 60 } },
      onReceive: (record) => {
        const { signupId } = readMessage(record.body);
        records.set(signupId, record);
        if (record.attributes.ApproximateReceiveCount !== '1') cameAgain.add(signupId);
      },
    },
  );
  return { ...academy, records, cameAgain };
}
