/** What things are called: in the cloud, on this machine, and by the tools. */

export const stackName = (stage: string): string => `matriculate-${stage}`;

export const queueName = (stage: string, destination: string): string => `matriculate-${stage}-${destination}`;

export const deadLetterQueueName = (stage: string, destination: string): string =>
  `${queueName(stage, destination)}-dlq`;

export const topicName = (stage: string): string => `matriculate-${stage}-results`;

export const alertTopicName = (stage: string, urgency: string): string => `matriculate-${stage}-${urgency}`;

export const tableName = (stage: string): string => `matriculate-${stage}-ledger`;

export const receiveSignupName = (stage: string): string => `matriculate-${stage}-receive-signup`;

export const signupStatusName = (stage: string): string => `matriculate-${stage}-signup-status`;

export const workerName = (stage: string, destination: string): string =>
  `matriculate-${stage}-provision-${destination}`;

export const sourceSecretName = (stage: string, source: string): string => `matriculate/${stage}/sources/${source}`;

export const destinationSecretName = (stage: string, destination: string): string =>
  `matriculate/${stage}/destinations/${destination}`;

/** A recipient's private keys; made by `npm run recipient`, in no stack of ours. */
export const recipientSecretName = (stage: string, recipient: string): string =>
  `matriculate/${stage}/recipients/${recipient}`;

export const statusSecretName = (stage: string): string => `matriculate/${stage}/status`;

export const ledgerSecretName = (stage: string): string => `matriculate/${stage}/ledger`;

/** A logical id holds letters and digits only, so `X` (no id has capitals) stands for a dash: two ids never become one. */
export const logicalId = (prefix: string, id = ''): string =>
  prefix + id.slice(0, 1).toUpperCase() + id.slice(1).replaceAll('-', 'X');
