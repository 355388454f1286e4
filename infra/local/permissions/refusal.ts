import type { Service } from './aws-call.ts';

/** Why a call is refused. */
export interface Refusal {
  /** The function's name, or the access key where it is nobody's. */
  readonly who: string;
  readonly operation: string;
  /** Which permission is missing, and on what. */
  readonly message: string;
  /** Whether it is the key of what was called that may not be used. */
  readonly ofKey: boolean;
}

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The errors by which each service tells it, by its API reference's "Common Errors" and the operations' own. */
const codes: Readonly<Record<Service, { readonly own: string; readonly ofKey: string }>> = {
  dynamodb: { own: 'AccessDeniedException', ofKey: 'AccessDeniedException' },
  secretsmanager: { own: 'AccessDeniedException', ofKey: 'AccessDeniedException' },
  sqs: { own: 'AccessDeniedException', ofKey: 'KmsAccessDenied' },
  sns: { own: 'AuthorizationError', ofKey: 'KMSAccessDenied' },
};

/** The answer that an SDK makes its error of. */
export function answerRefusal(service: Service, { message, ofKey }: Refusal): Answer {
  const code = codes[service][ofKey ? 'ofKey' : 'own'];
  if (service === 'sns') {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${error}<RequestId>local</RequestId></ErrorResponse>`;
    return { status: 403, headers: { 'content-type': 'text/xml' }, body };
  }
  const type = service === 'secretsmanager' ? 'application/x-amz-json-1.1' : 'application/x-amz-json-1.0';
  const json = { __type: `com.amazonaws.${service}#${code}`, message, Message: message };
  return { status: 400, headers: { 'content-type': type }, body: JSON.stringify(json) };
}
