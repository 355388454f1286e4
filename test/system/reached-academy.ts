import { mapValues } from '../../infra/checks/record.ts';
import type { ReachedStage } from '../../infra/tools/ledger/reached-stage.ts';
import type { Academy } from './academy.ts';

/** An academy's stack, as tools reach the one that `npm start` runs. */
export const reachedAcademy = ({ stack, clients }: Academy): ReachedStage => ({
  title: 'the stack on this machine',
  word: '',
  sources: mapValues(stack.config.sources, ({ to }) => to.map(({ destination }) => destination)),
  destinations: Object.keys(stack.config.destinations),
  tableName: stack.tableName,
  dynamodb: clients.dynamodb,
  sqs: clients.sqs,
  queueUrl: async (destination) => stack.queueUrls[destination] ?? '',
  deadLetterQueueUrl: async (destination) => stack.dlqUrls[destination] ?? '',
});
