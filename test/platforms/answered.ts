import type { AnsweredReply } from '../../lambdas/platforms/vendor-http.ts';

/** What a vendor answered, without the wire. */
export const answered = (
  body: string | Uint8Array = '',
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): AnsweredReply => ({ kind: 'answered', status, headers: new Headers(headers), body: Buffer.from(body) });
