import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import { openOutcomes } from '../../lambdas/signups/ledger.ts';
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
  /** What `accept` looks at. */
  readonly type?: string;
}

export const signupIdOf = (name: string): string => `shop.${name}`;

/** A verified webhook, as receive-signup puts it on the queue. */
export function post(
  world: World,
  { name, person = name, firstName = 'Ada', password, offerings, type = 'signup' }: Form,
): void {
  const body = JSON.stringify({
    id: name,
    email: `${person}@example.com`,
    first: firstName,
    password,
    offerings,
    type,
  });
  send(world, {
    kind: 'delivery',
    signupId: signupIdOf(name),
    source: 'shop',
    acceptedAt: new Date(world.time.now()).toISOString(),
    contentType: 'application/json',
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
    const isThere = world.vendor.accounts.some(({ personKey }) => personKey === emailOf(world, item.signupId));
    send(world, { kind: 'resolve', ...nextRun(item), verdict: isThere ? 'exists' : 'absent' });
  }
}

/** What a person reads in the sender's own books. */
function emailOf({ history }: World, signupId: string): unknown {
  const sent = history.of('sent').find(({ message }) => message.signupId === signupId && message.kind === 'delivery');
  const form: unknown = JSON.parse(Buffer.from(sent?.message.body ?? '', 'base64').toString());
  return typeof form === 'object' && form !== null && 'email' in form ? form.email : undefined;
}

const openSignups = ({ table }: World): SignupItem[] =>
  table
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
