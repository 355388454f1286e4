import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientLimits } from '../../lambdas/aws/clients.ts';
import * as field from '../checks/fields.ts';
import { record } from '../checks/record.ts';
import { configFolder, stagesIn } from '../config.ts';
import { recipientSecretName } from '../constructs/names.ts';
import { inWordsOfAws } from './ledger/aws-errors.ts';
import { readFlags } from './read-flags.ts';
import { addKey } from './recipient/add-key.ts';
import { fileKeeper, type KeyKeeper, secretKeeper } from './recipient/private-half.ts';
import { whatNext } from './recipient/what-next.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run recipient STAGE ID [-- --out FILE]';

/**
 * `npm run recipient STAGE ID [-- --out FILE]`: makes a key pair for whoever is to read learners' credentials. The public half goes into the
 * stage's config, the private half into Secrets Manager, or into FILE for a recipient in another account. Run again, it adds the next key.
 */
await runTool(async () => {
  const { values, positionals } = readFlags(usage, { out: { type: 'string' } });
  const [stage, id, ...more] = positionals;
  if (stage === undefined || id === undefined || more.length > 0) throw new ToolError(usage);
  if (!stagesIn().includes(stage))
    throw new ToolError(
      `${stage} is no stage (there is ${stagesIn().join(', ')}). ${usage}. On this machine npm start makes up recipients' keys.`,
    );
  if (!field.id.safeParse(id).success)
    throw new ToolError(
      `${JSON.stringify(id)} is no id: a lower-case letter, then lower-case letters, digits and dashes`,
    );
  const configFile = join(configFolder, `${stage}.json`);
  const secretName = recipientSecretName(stage, id);
  const out = values.out === undefined ? undefined : { file: resolve(values.out), secretName };
  const keeper = out === undefined ? inSecretsManager(secretName, configFile) : fileKeeper(out.file, out.secretName);
  const added = await inWordsOfAws(stage, () => addKey(configFile, id, keeper));
  console.log(
    `${added.kid}: the private half is in ${keeper.place}, the public half in ${relative(process.cwd(), configFile)}.`,
  );
  for (const line of whatNext(id, added, readFileSync(configFile, 'utf8'), out)) console.log(line);
  return true;
});

function inSecretsManager(secretName: string, configFile: string): KeyKeeper {
  const { region } = record(JSON.parse(readFileSync(configFile, 'utf8')));
  const settings = { ...clientLimits, ...(typeof region === 'string' && { region }) };
  return secretKeeper(new SecretsManagerClient(settings), secretName);
}
