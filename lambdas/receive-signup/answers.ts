import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemMediaType, writeProblem } from '../signups/problem-details.ts';
import { bodyLimit } from './request.ts';
import type { Refusal } from './verify/verifier.ts';

type Answer = APIGatewayProxyStructuredResultV2;

const retryAfterSeconds = 30;

/** 202: every queue has it. */
export const accepted = (signupId: string, statusUrl: string): Answer => ({
  statusCode: 202,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ signupId, statusUrl }),
});

/** 200, exactly what the sender's test of the address wants. */
export const pong = (): Answer => ({ statusCode: 200, headers: { 'cache-control': 'no-store' } });

/** Says the same for every address that is no webhook: which ones there are is nobody's business. */
export const unknownSource = (): Answer =>
  problem(
    404,
    'Not Found',
    'There is no webhook at this address. Compare it, letter for letter, with the one you were given.',
  );

export const tooLarge = (): Answer =>
  problem(
    413,
    'Content Too Large',
    `The delivery is larger than ${bodyLimit / 1024} KiB (${bodyLimit} bytes) and was not taken; the same again will not be, either. Have the sender leave out what a signup does not need (attachments, pictures, meta data) and send one signup at a time, or ask whoever gave you this address to take it in by hand.`,
  );

export const unsupportedType = (): Answer =>
  problem(
    415,
    'Unsupported Media Type',
    'The delivery was not taken, since its content type says that it is neither JSON nor a plain form. Set the sender to JSON (application/json) or to a form (application/x-www-form-urlencoded); multipart forms and XML are not read.',
  );

/** What an honest integrator should look at; nothing that a dishonest one did not know. */
const refusalDetails: Readonly<Record<Refusal, string>> = {
  missing:
    'The request carries no signature and no credentials, or not all that belongs to them. Check that the sender is set to sign, and that nothing between drops its headers.',
  malformed:
    'The signature or the credentials are not in the form that was agreed for this webhook, or a header came twice. Check how the sender is set to sign.',
  stale:
    "The signature's timestamp is too old or in the future. Check the sender's clock, and sign again when a delivery is repeated.",
  mismatch:
    'The signature or the credentials are not right. Check that the sender has the key of this webhook and, where it signs, that nothing between changes the body: it is verified byte for byte.',
};

export const signatureRefused = (refusal: Refusal): Answer =>
  problem(401, 'Unauthorized', refusalDetails[refusal], { 'www-authenticate': 'Signature realm="webhooks"' });

/** Nothing was lost and nothing is wrong with the request: the same again later is right. */
export const tryAgain = (): Answer =>
  problem(
    503,
    'Service Unavailable',
    'The delivery could not be taken at the moment, through no fault of yours. Send it again unchanged; a delivery that arrives twice does no harm.',
    { 'retry-after': String(retryAfterSeconds) },
  );

const problem = (
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  statusCode: status,
  headers: { 'content-type': problemMediaType, 'cache-control': 'no-store', ...headers },
  body: writeProblem({ status, title, detail }),
});
