import { domainToASCII } from 'node:url';
import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { SendMail } from '../welcome-mailer/ports.ts';

const text = (Data: string) => ({ Data, Charset: 'UTF-8' });

/**
 * Addresses are written as SES takes them, which is in ASCII alone: a domain of other letters by its Punycode, a sender's name as encoded words.
 *
 * @param from an address that SES has verified, such as `Academy <welcome@academy.example>`
 */
export const createSendMail = (client: SESv2Client, from: string): SendMail => {
  const sender = from.replace(/^[^<]+(?= <)/, asciiName);
  return async (mail) => {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [mail.to.replace(/(?<=@)[\p{L}\p{M}\p{N}.-]+$/u, domainToASCII)] },
        Content: { Simple: { Subject: text(mail.subject), Body: { Text: text(mail.text) } } },
      }),
    );
  };
};

/** RFC 2047. Whatever is more than words would have to be quoted; eleven characters make a word of at most 75. */
const asciiName = (name: string): string =>
  /^[\w !#$%&'*+/=?^`{|}~-]+$/.test(name)
    ? name
    : (name.match(/.{1,11}/gsu) ?? []).map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
