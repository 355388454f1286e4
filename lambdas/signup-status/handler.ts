import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { SignupItem } from '../signups/ledger.ts';
import { signupItemId } from '../signups/ledger.ts';
import type { Clock, LogFields, Observer, SecretStore } from '../signups/ports.ts';
import { type Form, problemAnswer, statusAnswer } from './answers.ts';
import type { SignupStatusConfig } from './config.ts';
import { prefersPage } from './prefers-page.ts';
import { noSuchSignup, oddAddress, type Problem, sourceRemoved, tryAgain } from './problems.ts';
import { statusOf } from './status.ts';
import { mayAsk } from './status-access.ts';
import { readStatusAddress, sourceOf } from './status-address.ts';

export interface SignupStatusDeps {
  readonly config: SignupStatusConfig;
  readonly secrets: SecretStore;
  /** The ledger's item under an id, read consistently: whoever was told of a result is not to find "waiting" here. */
  readonly readSignup: (id: string) => Promise<SignupItem | undefined>;
  readonly now: Clock;
  readonly observer: Observer;
}

/** What the handler needs of an API Gateway event. */
export type StatusRequest = Pick<APIGatewayProxyEventV2, 'headers' | 'pathParameters' | 'rawQueryString'>;
export type SignupStatusHandler = (event: StatusRequest) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * Makes the handler of `GET /signups/{id}?key=…`: compare the key, read what the ledger has at each of the source's destinations, tell it.
 * It never throws, whatever a request holds.
 */
export function createSignupStatus({
  config,
  secrets,
  readSignup,
  now,
  observer,
}: SignupStatusDeps): SignupStatusHandler {
  const sources = new Map(Object.entries(config.sources));

  return async (event) => {
    const form: Form = prefersPage(event.headers.accept) ? 'page' : 'json';
    const refuse = (problem: Problem) => problemAnswer(problem, form);
    const cannotTell = (fields: LogFields) => {
      observer.error('status not told', fields);
      observer.metric('StatusNotTold', 1);
      return refuse(tryAgain);
    };
    const address = readStatusAddress(event);
    if (address.kind === 'odd') return refuse(oddAddress);
    if (address.kind === 'incomplete') return refuse(noSuchSignup);
    const { signupId, key } = address;
    try {
      if (!(await mayAsk(signupId, key, config.stage, secrets))) return refuse(noSuchSignup);
    } catch (error) {
      return cannotTell({ detail: error instanceof Error ? error.message : 'unknown error' });
    }
    const source = sourceOf(signupId);
    const destinations = sources.get(source)?.to;
    if (destinations === undefined) return refuse(sourceRemoved);
    try {
      const items = await Promise.all(
        destinations.map((destination) => readSignup(signupItemId(destination, signupId))),
      );
      const found = destinations.map((destination, index) => [destination, items[index]] as const);
      return statusAnswer(statusOf(signupId, source, found, now()), form);
    } catch (error) {
      // Only the error's name: what reads an item may quote it.
      const detail = `the ledger could not be read: ${error instanceof Error ? error.name : 'unknown error'}`;
      return cannotTell({ signupId, source, detail });
    }
  };
}
