import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { contentSecurityPolicy, writeDocument } from './document.ts';
import { html } from './html.ts';
import { statusPage } from './page.ts';
import type { Problem } from './problems.ts';
import type { SignupStatus } from './status.ts';

type Answer = APIGatewayProxyStructuredResultV2;
/** What the asker would rather have. */
export type Form = 'json' | 'page';

/** The address holds the key: it is not to be kept, indexed or passed on. */
const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  vary: 'accept',
};

/** 200: what became of the signup. */
export const statusAnswer = (status: SignupStatus, form: Form): Answer =>
  form === 'page' ? page(200, statusPage(status)) : json(200, 'application/json', status);

/** An error as `application/problem+json` (RFC 9457), or as a page. */
export function problemAnswer({ status, title, detail, retryAfterSeconds }: Problem, form: Form): Answer {
  const answer =
    form === 'page'
      ? page(status, writeDocument(title, html`<h1>${title}</h1>\n<p>${detail}</p>`))
      : json(status, 'application/problem+json', { type: 'about:blank', title, status, detail });
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
}

const json = (statusCode: number, type: string, body: unknown): Answer => ({
  statusCode,
  headers: { ...headers, 'content-type': type },
  body: JSON.stringify(body),
});

const page = (statusCode: number, body: string): Answer => ({
  statusCode,
  headers: {
    ...headers,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
  },
  body,
});
