import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientLimits } from '../../lambdas/aws/clients.ts';
import * as field from '../checks/fields.ts';
import { record } from '../checks/record.ts';
import { configFolder, stagesIn } from '../config.ts';
import { recipientSecretName } from '../constructs/names.ts';
import { inWordsOfAws } from './ledger/aws-errors.ts';
import { addKey } from './recipient/add-key.ts';
import { fileKeeper, type KeyKeeper, secretKeeper } from './recipient/private-half.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run recipient STAGE ID [-- --out FILE]';

/**
 * `npm run recipient STAGE ID [-- --out FILE]`: makes a key pair for whoever is to read learners' credentials. The public half goes into the
 * stage's config, the private half into Secrets Manager, or into FILE for a recipient in another account. Run again, it adds the next key.
 */
await runTool(async () => {
  const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
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
  const keeper = values.out === undefined ? inSecretsManager(stage, id, configFile) : fileKeeper(resolve(values.out));
  const { kid, before } = await inWordsOfAws(stage, () => addKey(configFile, id, keeper));
  console.log(
    `${kid}: the private half is in ${keeper.place}, the public half in ${relative(process.cwd(), configFile)}.`,
  );
  for (const line of whatNext(stage, id, before, configFile, values.out)) console.log(line);
  return true;
});

function inSecretsManager(stage: string, id: string, configFile: string): KeyKeeper {
  const { region } = record(JSON.parse(readFileSync(configFile, 'utf8')));
  const settings = { ...clientLimits, ...(typeof region === 'string' && { region }) };
  return secretKeeper(new SecretsManagerClient(settings), recipientSecretName(stage, id));
}

function whatNext(stage: string, id: string, before: readonly string[], configFile: string, out: string | undefined) {
  const destinations = Object.values(record(record(JSON.parse(readFileSync(configFile, 'utf8'))).destinations));
  const isNamed = destinations.some((destination) => [record(destination).credentials].flat().includes(id));
  return [
    ...(out === undefined
      ? []
      : [
          `In the recipient's account: aws secretsmanager create-secret --name ${recipientSecretName(stage, id)} --secret-string file://${out} (put-secret-value --secret-id, if it is there already). Then delete the file.`,
        ]),
    ...(isNamed ? [] : [`No destination gives it credentials yet: write "credentials": ["${id}"] where it should.`]),
    'Deploy the stage; from then on credentials are encrypted to this key.',
    ...(before.length === 0
      ? []
      : [
          `They still are to ${before.join(', ')} as well: remove ${before.length === 1 ? 'it' : 'them'} from the config when every reader has ${id}'s new key, and deploy.`,
        ]),
  ];
}
