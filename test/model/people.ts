import { toldEvent } from '../../infra/tools/ledger/step-story.ts';
import { resolvePointer } from '../../lambdas/signups/json-pointer.ts';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import { accountStep, openOutcomes } from '../../lambdas/signups/ledger.ts';
import type { SignupMessage } from '../../lambdas/signups/message.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import type { World } from './world.ts';

/** What a sender knows of a learner. `name` is the signup's dedupe key, and its reference. */
export interface Form {
  readonly name: string;
  /** Whose signup it is; the vendor holds it unique. */
  readonly person?: string;
  readonly firstName?: string;
  readonly password?: string;
  readonly offerings?: readonly string[];
  readonly tags?: readonly string[];
  /** What `accept` looks at. */
  readonly type?: string;
}

export const signupIdOf = (name: string): string => `shop.${name}`;

/** A verified webhook, as receive-signup puts it on the queue. */
export function post(
  world: World,
  { name, person = name, firstName = 'Ada', password, offerings, tags, type = 'signup' }: Form,
): void {
  const body = JSON.stringify({
    id: name,
    email: `${person}@example.com`,
    first: firstName,
    password,
    offerings,
    tags,
    type,
  });
  send(world, {
    kind: 'delivery',
    signupId: signupIdOf(name),
    source: 'shop',
    acceptedAt: new Date(world.time.now()).toISOString(),
    body: Buffer.from(body).toString('base64'),
  });
}

/** An operator's `npm run redrive`: the next run of every signup that ended rejected or failed. */
export function redrive(world: World): void {
  for (const item of openSignups(world)) {
    if (!openOutcomes(item).some((outcome) => outcome !== 'unknown')) continue;
    send(world, { kind: 'redrive', ...nextRun(item) });
  }
}

/** An operator's `--resolve`, for every signup of which nobody knows: what a look at the vendor says. */
export function resolve(world: World): void {
  for (const item of openSignups(world)) {
    if (!openOutcomes(item).includes('unknown')) continue;
    const isThere = world.vendor.accounts.some(({ personKey }) => personKey === emailOf(world, item));
    send(world, { kind: 'resolve', ...nextRun(item), verdict: isThere ? 'exists' : 'absent' });
  }
}

/** Whom a person looks for at the vendor: whom the event names, or, where nothing was read, whom the sender's own books do. */
function emailOf(world: World, item: SignupItem): unknown {
  return toldEvent(accountStep(item))?.data.person?.email ?? resolvePointer(startOf(world, item), '/email');
}

/** The webhook that started the signup's run, or the run that a redrive has run again. */
function startOf({ history }: World, { signupId }: SignupItem): unknown {
  const starts = history.of('written').map(({ after }) => (after?.kind === 'signup' ? after.messageId : undefined));
  const sent = history
    .of('sent')
    .filter(({ message }) => message.kind === 'delivery' && message.signupId === signupId)
    .findLast(({ messageId }) => starts.includes(messageId));
  return sent?.message.kind === 'delivery'
    ? JSON.parse(Buffer.from(sent.message.body, 'base64').toString())
    : undefined;
}

const openSignups = ({ ledger }: World): SignupItem[] =>
  ledger
    .items()
    .filter((item) => item.kind === 'signup')
    .filter((item) => item.openIn !== undefined);

const nextRun = ({ signupId, source, acceptedAt, run, body = '' }: SignupItem) => ({
  signupId,
  source,
  acceptedAt,
  run: run + 1,
  body,
});

const send = ({ queue }: World, message: SignupMessage): void => queue.send(writeMessage(message));
