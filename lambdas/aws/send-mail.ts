import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { SendMail } from '../welcome-mailer/ports.ts';

const text = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** @param from an address that SES has verified, such as `Academy <welcome@academy.example>` */
export const createSendMail =
  (client: SESv2Client, from: string): SendMail =>
  async (mail) => {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [mail.to] },
        Content: { Simple: { Subject: text(mail.subject), Body: { Text: text(mail.text) } } },
      }),
    );
  };
