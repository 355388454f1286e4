import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';
import { createClientAsync } from 'soap';

/**
 * The obvious way, as anyone would write it first: one function behind the API that verifies the webhook, makes the account, publishes and answers. It
 * is written as well as such a function usually is: clients and secrets are kept, the signature is compared in constant time, and a failure is told to
 * the sender, who may send again.
 */
const secretsManager = new SecretsManagerClient({});
const sns = new SNSClient({});
const { SOURCE_SECRET = '', VENDOR_SECRET = '', WSDL_URL = '', TOPIC_ARN = '' } = process.env;

const secrets = Promise.all([readSecret(SOURCE_SECRET), readSecret(VENDOR_SECRET)]);

async function readSecret(id: string) {
  const { SecretString = '{}' } = await secretsManager.send(new GetSecretValueCommand({ SecretId: id }));
  return JSON.parse(SecretString);
}

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const [{ keys }, { accessKey, secretKey }] = await secrets;
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString();
  if (!isSigned(event.headers, body, keys[0])) return { statusCode: 401 };

  const { data } = JSON.parse(body);
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`;
  const signature = createHmac('sha1', secretKey).update(`v4createUser${timestamp}`).digest('base64');
  try {
    const client = await createClientAsync(WSDL_URL);
    const [created] = await client.createUserAsync({
      auth: { accessKey, timestamp, signature },
      user: {
        emailAddress: data.email,
        username: data.email,
        firstName: data.first_name,
        lastName: data.last_name,
        licenseAgreed: true,
        password: randomBytes(12).toString('base64url'),
        passwordReset: true,
        tags: data.tags.join(' '),
      },
    });
    const result = { email: data.email, username: created.username };
    await sns.send(new PublishCommand({ TopicArn: TOPIC_ARN, Message: JSON.stringify(result) }));
    console.log(JSON.stringify({ message: 'account made', id: data.id }));
    return { statusCode: 200, body: JSON.stringify(result) };
  } catch (error) {
    console.error(JSON.stringify({ message: 'no account made', id: data.id, error: String(error) }));
    return { statusCode: 502 };
  }
}

function isSigned(headers: APIGatewayProxyEventV2['headers'], body: string, key: string): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const signature = createHmac('sha256', Buffer.from(key.replace('whsec_', ''), 'base64'))
    .update(signed)
    .digest();
  const given = Buffer.from(headers['webhook-signature']?.replace('v1,', '') ?? '', 'base64');
  return given.length === signature.length && timingSafeEqual(given, signature);
}
