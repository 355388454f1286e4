import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Clock, Observer, SecretStore, SendToQueue } from '../signups/ports.ts';
import { signupIdOf } from '../signups/signup-id.ts';
import { makeStatusKey, readStatusSecret, statusSecretId } from '../signups/status-key.ts';
import { writeMessage } from '../signups/write-message.ts';
import { accepted, pong, signatureRefused, tooLarge, tryAgain, unknownSource, unsupportedType } from './answers.ts';
import { checkSignature } from './check-signature.ts';
import type { ReceiveSignupConfig } from './config.ts';
import { dedupeKeyOf } from './dedupe-key.ts';
import { type ReadRequest, readRequest } from './request.ts';
import { verifierFor } from './verify/schemes.ts';
import type { Refusal, SignedRequest } from './verify/verifier.ts';

export interface ReceiveSignupDeps {
  readonly config: ReceiveSignupConfig;
  readonly secrets: SecretStore;
  readonly sendToQueue: SendToQueue;
  readonly now: Clock;
  readonly observer: Observer;
}

export type ReceiveSignup = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** The secret that holds a source's keys. */
export const sourceSecretId = (stage: string, source: string): string => `matriculate/${stage}/sources/${source}`;

/**
 * Makes the handler of `POST /webhooks/{source}`: verify the raw bytes, put them on the queue of each of the source's destinations, answer 202.
 * It never throws for anything that a request holds.
 */
export function createReceiveSignup({ config, secrets, sendToQueue, now, observer }: ReceiveSignupDeps): ReceiveSignup {
  const sources = new Map(
    Object.entries(config.sources).map(([id, source]) => [
      id,
      { ...source, id, verifier: verifierFor(source.verify), secretId: sourceSecretId(config.stage, id) },
    ]),
  );
  type Source = NonNullable<ReturnType<typeof sources.get>>;
  const warnedOf = new Set<string>();

  return async (event) => {
    const source = sources.get(event.pathParameters?.source ?? '');
    if (source === undefined) return unknownSource();
    const read = readRequest(event);
    if (read.kind !== 'request') return turnAway(source, read.kind);
    const inspection = source.verifier.inspect(read.request, now());
    if (inspection.kind === 'ping') return pong();
    if (inspection.kind === 'refused') return refuse(source, inspection.refusal, inspection.detail);
    try {
      const checked = await checkSignature(inspection, {
        ...source,
        secrets,
        now,
        onWeakKey: () => warnOfWeakKey(source),
      });
      if (checked.kind === 'mismatch') return refuse(source, checked.kind, checked.detail);
      if (checked.kind === 'no-keys') return notStored(source, checked.detail);
      if (checked.detail !== undefined) warnOfUnusableKeys(source, checked.detail);
      return await store(source, read.request);
    } catch (error) {
      return notStored(source, error instanceof Error ? error.message : 'unknown error');
    }
  };

  async function store(source: Source, request: SignedRequest) {
    if (source.to.length === 0) return notStored(source, 'each of its destinations is retired');
    const { parts, undedupable } = dedupeKeyOf(source.dedupeKey, request);
    const signupId = signupIdOf(source.id, parts);
    const statusSecret = readStatusSecret((await secrets.current(statusSecretId(config.stage))).value);
    const text = writeMessage({
      kind: 'delivery',
      signupId,
      source: source.id,
      acceptedAt: new Date(now()).toISOString(),
      body: Buffer.from(request.body).toString('base64'),
      undedupable,
    });
    const sent = await Promise.allSettled(source.to.map((destination) => sendToQueue(destination, text)));
    const refusals = sent.flatMap((result, index) =>
      result.status === 'rejected' ? [`${source.to[index]} (${nameOf(result.reason)})`] : [],
    );
    if (refusals.length > 0) return notStored(source, `not taken by the queue of ${refusals.join(', ')}`, signupId);
    observer.info('accepted', { signupId, source: source.id, detail: undedupable });
    observer.metric('Accepted', 1, { source: source.id });
    const key = makeStatusKey(signupId, statusSecret);
    return accepted(signupId, `/signups/${signupId}?key=${key}`);
  }

  function turnAway(source: Source, reason: Exclude<ReadRequest['kind'], 'request'>) {
    observer.warn('turned away', { source: source.id, reason });
    observer.metric('TurnedAway', 1, { source: source.id });
    return reason === 'too-large' ? tooLarge() : unsupportedType();
  }

  function refuse(source: Source, refusal: Refusal, detail: string) {
    observer.warn('signature refused', { source: source.id, reason: refusal, detail });
    observer.metric('SignatureRefused', 1, { source: source.id });
    // The alarm asks whether none was accepted, and of a metric that was never told CloudWatch can't say that it is 0.
    observer.metric('Accepted', 0, { source: source.id });
    return signatureRefused(refusal);
  }

  /** Once a process: it is no news with the next delivery. */
  function warnOfWeakKey({ id }: Source) {
    if (warnedOf.has(id)) return;
    warnedOf.add(id);
    const detail =
      'one of its keys has fewer than 16 bytes and can be guessed: make a longer one, such as by openssl rand -hex 32';
    observer.warn('weak key', { source: id, detail });
  }

  /** With each delivery: in a day, when the keys before the rotation end, they all are answered 503. */
  function warnOfUnusableKeys({ id }: Source, detail: string) {
    observer.warn('unusable keys', { source: id, detail: `${detail}; the keys before the rotation still stand in` });
  }

  function notStored(source: Source, detail: string, signupId?: string) {
    observer.error('not stored', { source: source.id, signupId, detail });
    observer.metric('NotStored', 1, { source: source.id });
    return tryAgain();
  }
}

/** An AWS error's name says what to mend; its words may hold more than ours should. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown error');
