import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Publish } from '../signups/ports.ts';

/** Publishes to the results' topic; subscribers filter by the message attributes. */
export const createPublish =
  (client: SNSClient, topicArn: string): Publish =>
  async (event, attributes) => {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    );
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: event, MessageAttributes }));
  };
