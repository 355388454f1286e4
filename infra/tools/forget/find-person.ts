import { z } from 'zod';
import type { SignupItem } from '../../../lambdas/signups/ledger.ts';
import { createSealer, openBody, type Sealer } from '../../../lambdas/signups/sealing.ts';
import { ledgerSecretName } from '../../constructs/names.ts';
import { findSignups } from '../ledger/find-signups.ts';
import { openOutcomes } from '../ledger/open-outcomes.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { readSecret } from '../secrets/kept-secret.ts';
import { ToolError } from '../tool-error.ts';

const keySchema = z.object({ key: z.string().min(1) });

/** Every signup of a person: those whose event names the address, and open ones whose kept body holds it. */
export async function findPerson(stage: OperatedStage, email: string): Promise<readonly SignupItem[]> {
  const named = await findSignups(stage, { kind: 'email', email });
  const open = (await openOutcomes(stage, stage.destinations)).map(({ item }) => item);
  const others = open.filter(({ id }) => !named.some((item) => item.id === id));
  const sealer = others.length === 0 ? undefined : createSealer(await ledgerKey(stage), 'bodies');
  const unique = [...new Map([...named, ...others].map((item) => [item.id, item])).values()];
  const isTheirs = await Promise.all(
    unique.map(
      async (item) => named.includes(item) || (sealer !== undefined && (await bodyHolds(item, sealer, email))),
    ),
  );
  return unique.filter((_, index) => isTheirs[index]);
}

async function ledgerKey({ secretsManager, config }: OperatedStage): Promise<string> {
  const key = keySchema.safeParse((await readSecret(secretsManager, ledgerSecretName(config.stage)))?.value);
  if (!key.success)
    throw new ToolError(`The secret ${ledgerSecretName(config.stage)} holds no key: kept bodies can't be opened.`);
  return key.data.key;
}

/** A body that can't be opened is nobody's: it is left as it is. */
async function bodyHolds({ body = '' }: SignupItem, sealer: Sealer, email: string): Promise<boolean> {
  if (body === '') return false;
  const text = await openBody(sealer, body).then(
    (kept) => Buffer.from(kept.body, 'base64').toString('utf8').toLowerCase(),
    () => '',
  );
  const wanted = email.trim().toLowerCase();
  return text.includes(wanted) || text.includes(encodeURIComponent(wanted).toLowerCase());
}
