import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Asker } from '../ask.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { ToolError } from '../tool-error.ts';
import { type AskedKey, askCredentials, askKey } from './ask-value.ts';
import { dropPrevious, readSecret, writeSecret } from './kept-secret.ts';
import type { StageSecret } from './stage-secret.ts';

type Stage = Pick<OperatedStage, 'config' | 'secretsManager' | 'title' | 'word'>;

const keysSchema = z.object({ keys: z.array(z.string()) });

/** Functions keep what they read for so long. */
const secretLife = 'five minutes';

/** Fills a secret, whatever it held. @returns what to say */
export async function setSecret(secret: StageSecret, stage: Stage, asker: Asker): Promise<string> {
  switch (secret.kind) {
    case 'source': {
      const asked = await askKey(secret, stage.config, asker);
      await writeSecret(stage.secretsManager, secret.secretId, { keys: [asked.key] });
      return [`${secret.name} of ${stage.title} is set.`, ...pasteLine(secret, asked)].join('\n');
    }
    case 'destination':
      await writeSecret(stage.secretsManager, secret.secretId, await askCredentials(secret, stage.config, asker));
      return `${secret.name} of ${stage.title} is set. Signups that wait for it go on by themselves; npm run doctor${stage.word} tries it now.`;
    case 'generated':
      throw new ToolError(
        `${secret.name} was generated, and nobody needs to know it${secret.name === 'ledger' ? '; it is never changed' : `. A new one: npm run secrets${stage.word} rotate ${secret.name}`}.`,
      );
  }
}

/** The next key or credentials. A source's keys before it stay good beside it, all of them, until they are revoked. @returns what to say */
export async function rotateSecret(secret: StageSecret, stage: Stage, asker: Asker): Promise<string> {
  switch (secret.kind) {
    case 'source': {
      const kept = keysSchema.safeParse((await readSecret(stage.secretsManager, secret.secretId))?.value);
      const before = kept.success ? kept.data.keys : [];
      const asked = await askKey(secret, stage.config, asker);
      await writeSecret(stage.secretsManager, secret.secretId, { keys: [asked.key, ...before] });
      return [
        `${secret.name} of ${stage.title}: the new key is good from now on${besides(before.length)}.`,
        ...pasteLine(secret, asked),
        `When the sender signs with the new one: npm run secrets${stage.word} revoke ${secret.name}`,
      ].join('\n');
    }
    case 'destination':
      return setSecret(secret, stage, asker);
    case 'generated':
      return rotateGenerated(secret, stage, asker);
  }
}

/** Nobody knows with which of them the sender signs until it has the new one. */
function besides(before: number): string {
  if (before === 0) return '';
  return before === 1 ? ', and so is the one before' : `, and so are the ${before} before`;
}

async function rotateGenerated(secret: StageSecret, stage: Stage, asker: Asker): Promise<string> {
  if (secret.name === 'ledger')
    throw new ToolError(
      'ledger is never rotated: it opens the bodies that are kept, and finds persons again. With another key both would be lost.',
    );
  const kept = await readSecret(stage.secretsManager, secret.secretId);
  const ends = `With another new key the status addresses end that ${stage.title} gave to senders before the last one. Go on?`;
  if (kept?.previous !== undefined && !(await asker.yes(ends))) return 'Nothing was changed.';
  await writeSecret(stage.secretsManager, secret.secretId, { key: randomBytes(48).toString('base64url') });
  return [
    `${secret.name} of ${stage.title} has a new key; the addresses made with the one before stay good.`,
    `To end those, too, when every function makes the new ones, ${secretLife} from now: npm run secrets${stage.word} revoke ${secret.name}`,
  ].join('\n');
}

/** Ends every key but the newest, at once: also the version before, which would be good for 24 hours more. @returns what to say */
export async function revokeSecret(secret: StageSecret, stage: Stage): Promise<string> {
  const { secretsManager } = stage;
  const kept = keysSchema.safeParse((await readSecret(secretsManager, secret.secretId))?.value);
  const [newest, ...others] = kept.success ? kept.data.keys : [];
  if (newest !== undefined && others.length > 0) await writeSecret(secretsManager, secret.secretId, { keys: [newest] });
  const hadPrevious = await dropPrevious(secretsManager, secret.secretId);
  if (others.length === 0 && !hadPrevious)
    return `${secret.name} of ${stage.title} holds nothing but what is in use; nothing was revoked.`;
  return `${secret.name} of ${stage.title}: only the newest is good from now on; functions that have read the others forget them within ${secretLife}.`;
}

const pasteLine = ({ of }: StageSecret, { key, made }: AskedKey): string[] =>
  made ? [`Paste this key into ${of}; it is shown this once:`, '', `    ${key}`, ''] : [];
