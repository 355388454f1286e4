import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientLimits } from '../aws/clients.ts';
import { createObservability } from '../aws/observability.ts';
import { createSecretStore } from '../aws/secrets.ts';
import { createSendMail } from '../aws/send-mail.ts';
import { createSentMails } from '../aws/sent-mails.ts';
import { readPrivateKeys } from '../subscriber/private-keys.ts';
import { createWelcomeMailer } from './handler.ts';

const { MAIL_FROM = '', RECIPIENT_SECRET = '', TABLE_NAME = '', SERVICE = 'welcome-mailer' } = process.env;
for (const [name, value] of Object.entries({ MAIL_FROM, RECIPIENT_SECRET, TABLE_NAME }))
  if (value === '') throw new Error(`the function's environment lacks ${name}; deploy the stack again`);

const { observer, wrap } = createObservability(SERVICE);
const secrets = createSecretStore(new SecretsManagerClient(clientLimits), {
  lifeMs: 5 * 60_000,
  now: Date.now,
  random: Math.random,
});

export const handler = wrap(
  createWelcomeMailer({
    send: createSendMail(new SESv2Client(clientLimits), MAIL_FROM),
    sentMails: createSentMails(new DynamoDBClient(clientLimits), TABLE_NAME, Date.now),
    keys: async (fresh) => {
      const { value } = await (fresh ? secrets.refreshed(RECIPIENT_SECRET) : secrets.current(RECIPIENT_SECRET));
      return readPrivateKeys(JSON.stringify(value));
    },
    log: observer.info,
  }),
);
