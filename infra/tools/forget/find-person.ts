import { z } from 'zod';
import type { SignupItem } from '../../../lambdas/signups/ledger.ts';
import { isJson } from '../../../lambdas/signups/payload.ts';
import { createSealer, openBody, type Sealer } from '../../../lambdas/signups/sealing.ts';
import { ledgerSecretName } from '../../constructs/names.ts';
import { mentionsAddress } from '../ledger/address.ts';
import { type AskedSignup, nameAsked } from '../ledger/asked-signup.ts';
import { findSignups, inOrder, isTold, readSignups } from '../ledger/find-signups.ts';
import { toldEvent } from '../ledger/step-story.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { readSecret } from '../secrets/kept-secret.ts';
import { ToolError } from '../tool-error.ts';

/** A signup, and why it is taken for the person's. */
export interface FoundSignup {
  readonly item: SignupItem;
  readonly why: string;
}

export interface FoundPerson {
  readonly found: readonly FoundSignup[];
  /** Signups that hold no address at all, so that nobody can say by one whose they are. */
  readonly nameless: readonly SignupItem[];
}

const keySchema = z.object({ key: z.string().min(1) });

/**
 * Every signup of a person. By an address: those that are told of them, and those whose vendor's words, reference or kept body mention it.
 * Their keyed hashes are of no help: names go into them as well.
 */
export async function findPerson(stage: OperatedStage, asked: AskedSignup): Promise<FoundPerson> {
  if (asked.kind !== 'email') {
    const items = await findSignups(stage, asked);
    return { found: items.map((item) => ({ item, why: `asked for as ${nameAsked(asked)}` })), nameless: [] };
  }
  const found: FoundSignup[] = [];
  const nameless: SignupItem[] = [];
  let opened: Sealer | undefined;
  const sealer = async () => {
    opened ??= createSealer(await ledgerKey(stage), 'bodies');
    return opened;
  };
  for await (const item of readSignups(stage)) {
    const why = whyByItem(item, asked.email) ?? (await whyByBody(item, asked.email, sealer));
    if (why !== undefined) found.push({ item, why });
    else if (isNameless(item)) nameless.push(item);
  }
  return { found: found.toSorted((a, b) => inOrder(a.item, b.item)), nameless };
}

function whyByItem(item: SignupItem, email: string): string | undefined {
  if (isTold(item, email)) return 'told of this person';
  const words = item.steps.map((step) => ('reason' in step ? (step.reason?.message ?? '') : ''));
  const mentions = [item.reference ?? '', ...words].some((text) => mentionsAddress(text, email, false));
  return mentions ? `its reference or the vendor's words mention the address${toldOf(item)}` : undefined;
}

/** A body that can't be opened is nobody's: it is left as it is. */
async function whyByBody(item: SignupItem, email: string, sealer: () => Promise<Sealer>): Promise<string | undefined> {
  if (!item.body) return undefined;
  const body = await openBody(await sealer(), item.body).catch(() => undefined);
  if (body === undefined) return undefined;
  return mentionsAddress(body.toString('utf8'), email, !isJson(body))
    ? `its body mentions the address${toldOf(item)}`
    : undefined;
}

/** Who it is told of, which is somebody else: a body may mention two. */
function toldOf({ steps }: SignupItem): string {
  const others = new Set(steps.flatMap((step) => toldEvent(step)?.data.person?.email ?? []));
  return others.size === 0 ? '' : `, and it is told of ${[...others].join(', ')}`;
}

/** Told without the person, and its body is gone: as of a destination with `"personalData": "omit"`. */
const isNameless = ({ body, steps }: SignupItem): boolean =>
  !body && steps.some((step) => step.state === 'done' && step.event !== null && !toldEvent(step)?.data.person);

async function ledgerKey({ secretsManager, config }: OperatedStage): Promise<string> {
  const key = keySchema.safeParse((await readSecret(secretsManager, ledgerSecretName(config.stage)))?.value);
  if (!key.success)
    throw new ToolError(`The secret ${ledgerSecretName(config.stage)} holds no key: kept bodies can't be opened.`);
  return key.data.key;
}
