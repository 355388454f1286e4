import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { verifierFor } from '../../lambdas/receive-signup/verify/schemes.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { sourceSecretName, stackName } from '../constructs/names.ts';
import { localAwsClients } from '../local/aws-clients.ts';
import type { AskedSource } from './asked-source.ts';
import { readSecret } from './secrets/kept-secret.ts';
import type { WebhookTarget } from './send-webhook.ts';
import type { StackFile } from './start/stack-file.ts';
import { ToolError } from './tool-error.ts';

/** The source on the stack that runs on this machine. @throws ToolError where none runs, or another */
export async function localTarget({ id, source }: AskedSource, running: StackFile | undefined): Promise<WebhookTarget> {
  if (running === undefined)
    throw new ToolError('no stack runs on this machine; start one with npm start, in another terminal');
  const clients = localAwsClients(running.endpoints, running.region);
  try {
    const stage = {
      name: running.stage,
      word: '',
      absent: 'was the stack on this machine started with another config?',
    };
    const key = await sourceKey(stage, { id, source }, clients.secretsManager);
    return { url: running.url, source: id, verify: source.verify, key, now: Date.now };
  } finally {
    clients.destroy();
  }
}

const outputsSchema = z.record(z.string(), z.looseObject({ ApiUrl: z.string().optional() }));

/**
 * Where a deployed stage's API is: as the command says; at the config's domain; or as the last `npm run deploy` from this folder wrote down.
 *
 * @param outputs what `cdk deploy --outputs-file` wrote, as parsed JSON; anything, if there is no such file
 * @throws ToolError where none of them knows
 */
export function deployedUrl({ stage, domain }: CheckedConfig, told: string | undefined, outputs: unknown): string {
  const known = outputsSchema.safeParse(outputs).data?.[stackName(stage)]?.ApiUrl;
  const url = told ?? (domain === undefined ? known : `https://${domain.name}`);
  if (url === undefined)
    throw new ToolError(
      `where is ${stage}? It was not deployed from this folder, and its config has no domain. Say it by -- --url https://…: the stack's output ApiUrl`,
    );
  if (!/^https:\/\/[^/?#]+\/?$/.test(url))
    throw new ToolError(`--url ${JSON.stringify(url)} is no API's address: https:// and a host, nothing after it`);
  return url.replace(/\/$/, '');
}

const keysSchema = z.object({ keys: z.array(z.string()).min(1) });

/** A deployed source's newest key. @throws ToolError where its secret has none that its scheme can use; it repeats nothing of it */
export const deployedKey = (
  { stage, id, source }: Pick<AskedSource, 'id' | 'source'> & { readonly stage: string },
  client: SecretsManagerClient,
): Promise<string> =>
  sourceKey(
    { name: stage, word: ` ${stage}`, absent: `is ${stage} deployed, in this account and region?` },
    { id, source },
    client,
  );

/** As it is now: keys are rotated while a stack is up. */
async function sourceKey(
  stage: { readonly name: string; readonly word: string; readonly absent: string },
  { id, source }: Pick<AskedSource, 'id' | 'source'>,
  client: SecretsManagerClient,
): Promise<string> {
  const name = sourceSecretName(stage.name, id);
  const kept = await readSecret(client, name);
  if (kept === undefined) throw new ToolError(`there is no secret ${name}: ${stage.absent}`);
  const [key] = keysSchema.safeParse(kept.value).data?.keys ?? [];
  if (key === undefined) throw new ToolError(`the secret ${name} has no key yet: npm run secrets${stage.word}`);
  const reading = verifierFor(source.verify).readKey(key);
  if ('problem' in reading) throw new ToolError(`the first key in the secret ${name} ${reading.problem}`);
  return key;
}
