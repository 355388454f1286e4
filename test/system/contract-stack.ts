import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { bundle } from '../../infra/bundle.ts';
import * as names from '../../infra/constructs/names.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../infra/local/local-stack.ts';
import { makeStatusKey, readStatusSecret } from '../../lambdas/signups/status-key.ts';

const mapping = { email: 'email', firstName: "'A'", lastName: "'B'" };
const config = {
  sources: {
    shop: { preset: 'woocommerce-order' },
    unfilled: { verify: { scheme: 'static-header', header: 'x-api-key' }, dedupeKey: ['body'], mapping },
  },
  destinations: { classroom: { platform: 'electa', credentials: 'discard' } },
};

const folder = mkdtempSync(join(tmpdir(), 'matriculate-contract-'));
const bundles = join(folder, 'functions');
let bundled: Promise<unknown> | undefined;

/** A shop's stack, and a source whose secret nobody will fill; all of a test file's run the same bundles. */
export async function openStack(options: Partial<LocalStackOptions> = {}): Promise<LocalStack> {
  bundled ??= bundle(bundles);
  await bundled;
  return startLocalStack({ config, bundles, directory: mkdtempSync(join(folder, 'stack-')), ...options });
}

export const removeStacks = (): void => rmSync(folder, { recursive: true, force: true });

/** A signup's address, with the key that receive-signup would give. */
export function statusTarget(stack: LocalStack, signupId: string): string {
  const secret = stack.secrets.find(names.statusSecretName('dev'));
  const key = readStatusSecret(JSON.parse(stack.secrets.version(secret, { stage: 'AWSCURRENT' }).text));
  return `/signups/${signupId}?key=${makeStatusKey(signupId, key)}`;
}

/** Sets properties of every resource of a type in the synthesized stack, before it runs. */
export const amend = (type: string, changed: object) => (assembly: string) => {
  const file = join(assembly, 'matriculate-dev.template.json');
  const resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
  const schema = z.looseObject({ Resources: z.record(z.string(), resource) });
  const template = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  for (const { Type, Properties } of Object.values(template.Resources))
    if (Type === type) Object.assign(Properties, changed);
  writeFileSync(file, JSON.stringify(template));
};
