import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemMediaType, writeProblem } from '../signups/problem-details.ts';
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
  form === 'page' ? page(200, statusPage(status)) : answer(200, 'application/json', JSON.stringify(status));

/** An error as `application/problem+json` (RFC 9457), or as a page. */
export function problemAnswer(problem: Problem, form: Form): Answer {
  const { status, title, detail, retryAfterSeconds } = problem;
  const answered =
    form === 'page'
      ? page(status, writeDocument(title, html`<h1>${title}</h1>\n<p>${detail}</p>`))
      : answer(status, problemMediaType, writeProblem(problem));
  if (retryAfterSeconds === undefined) return answered;
  return { ...answered, headers: { ...answered.headers, 'retry-after': String(retryAfterSeconds) } };
}

const answer = (statusCode: number, type: string, body: string): Answer => ({
  statusCode,
  headers: { ...headers, 'content-type': type },
  body,
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
