import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Environment } from './environment.ts';
import type { History } from './history.ts';

/** SNS's part of the world: it notes every text. */
export function topicClientFor(environment: Environment, history: History): SNSClient {
  const send = (command: unknown) => {
    if (!(command instanceof PublishCommand)) throw new Error('the model’s topic can only be published to');
    const { Message: text = '' } = command.input;
    return environment.ask('publish', () => {
      history.add({ kind: 'published', text });
      return {};
    });
  };
  return Object.create(SNSClient.prototype, { send: { value: send } });
}
