import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Verify } from '../../lambdas/receive-signup/config.ts';
import type { PayloadToSend } from './read-deliveries.ts';
import { type SignedWebhook, signWebhook } from './sign-webhook.ts';
import { ToolError } from './tool-error.ts';

/** `known`: the ledger had it before this delivery; `taken`: its status did not say whether it had. `refused`: the API's own words. */
export type SendResult =
  | { readonly kind: 'new' | 'known' | 'taken'; readonly signupId: string; readonly statusUrl: string }
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string };

export interface WebhookTarget {
  /** The API's base address. */
  readonly url: string;
  readonly source: string;
  readonly verify: Verify;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const acceptedSchema = z.object({ signupId: z.string(), statusUrl: z.string() });
const problemSchema = z.object({ detail: z.string() });
const statusSchema = z.object({
  destinations: z.record(z.string(), z.object({ since: z.string().optional(), finishedAt: z.string().optional() })),
});

/** API Gateway waits no longer for a function than 30 seconds. */
const patienceMs = 35_000;

/** Clocks that agree better than this are taken for the same. */
const skewMs = 2000;

/**
 * Signs a payload as the source's system does and posts it. Where the scheme signs a delivery's id, it is made of the body: the same payload
 * sent again is the same delivery.
 *
 * @throws Error where the key is none for the scheme; ToolError where nobody answers at the address
 */
export async function sendWebhook(
  { url, source, verify, key, now }: WebhookTarget,
  { body, contentType }: PayloadToSend,
  onSigned: (signed: SignedWebhook) => void = () => undefined,
  answerWithinMs = patienceMs,
): Promise<SendResult> {
  const id = `msg_${createHash('sha256').update(body).digest('hex').slice(0, 24)}`;
  const signed = signWebhook({ verify, key, body, now: now(), id });
  onSigned(signed);
  const before = now();
  const { response, answer } = await ask(`${url}/webhooks/${source}`, answerWithinMs, {
    method: 'POST',
    headers: { ...signed.headers, 'content-type': contentType },
    body: Buffer.from(body),
  }).catch((cause) => {
    throw new ToolError(`${url} can't be reached: ${causeOf(cause)}`);
  });
  const accepted = acceptedSchema.safeParse(parse(answer));
  if (response.status !== 202 || !accepted.success) {
    const problem = problemSchema.safeParse(parse(answer));
    return { kind: 'refused', status: response.status, detail: problem.data?.detail ?? 'no reason was given' };
  }
  const statusUrl = new URL(accepted.data.statusUrl, url).href;
  const kind = await kindOf(statusUrl, before + clockSkew(response, now()), answerWithinMs);
  return { kind, signupId: accepted.data.signupId, statusUrl };
}

/** @throws Error where there is no whole answer in time */
async function ask(url: string, withinMs: number, request: RequestInit) {
  const response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(withinMs) });
  return { response, answer: await response.text() };
}

/** `fetch` says no more than that it failed; its cause says why. */
const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
};

/** A state that is older than this delivery comes from an earlier one. The delivery is accepted, whatever becomes of this question. */
async function kindOf(statusUrl: string, before: number, withinMs: number): Promise<'new' | 'known' | 'taken'> {
  const told = await ask(statusUrl, withinMs, { headers: { accept: 'application/json' } }).catch(() => undefined);
  const status = statusSchema.safeParse(parse(told?.answer ?? '')).data;
  if (status === undefined) return 'taken';
  const times = Object.values(status.destinations).map(({ since, finishedAt }) => since ?? finishedAt);
  return times.some((time) => time !== undefined && Date.parse(time) < before) ? 'known' : 'new';
}

/** How far the other side's clock is ahead of ours, as far as a header with whole seconds can tell. */
function clockSkew(response: Response, now: number): number {
  const ahead = Date.parse(response.headers.get('date') ?? '') - now;
  return Math.abs(ahead) > skewMs ? ahead - skewMs : 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
