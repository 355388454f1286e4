import type { ProblemDetails } from '../signups/problem-details.ts';

/** An answer that is no status, and how long to wait where that helps. */
export interface Problem extends ProblemDetails {
  readonly retryAfterSeconds?: number;
}

/** The same for an unknown signup, a wrong key and none: which signups there are is nobody's business. */
export const noSuchSignup: Problem = {
  status: 404,
  title: 'Not Found',
  detail:
    'There is no signup at this address. Compare it, letter for letter, with the statusUrl that the webhook was answered with: the key at its end belongs to it.',
};

export const oddAddress: Problem = {
  status: 400,
  title: 'Bad Request',
  detail:
    'After the question mark, this address takes one parameter, key, once. Use the statusUrl that the webhook was answered with, unchanged.',
};

/** Said only to whoever has a right key. */
export const sourceRemoved: Problem = {
  status: 410,
  title: 'Gone',
  detail:
    'The signup was accepted, and its source has since been removed from the configuration, so nothing can be told of it here. Ask the operators.',
};

export const tryAgain: Problem = {
  status: 503,
  title: 'Service Unavailable',
  detail: 'The signup’s state can’t be read at the moment. The signup itself is safe. Ask again in half a minute.',
  retryAfterSeconds: 30,
};
