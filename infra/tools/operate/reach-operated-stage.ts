import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { clientLimits } from '../../../lambdas/aws/clients.ts';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import { mapValues } from '../../checks/record.ts';
import { localAwsClients } from '../../local/aws-clients.ts';
import { readAskedStage } from '../asked-source.ts';
import { withStage } from '../ledger/reach-stage.ts';
import { runningStack } from '../running-stack.ts';
import type { StackFile } from '../start/stack-file.ts';
import type { OperatedStage } from './operated-stage.ts';

/**
 * Reads `[STAGE] …` and lets a tool operate that stage; without a stage, the stack that runs on this machine.
 *
 * @param work gets the words after the stage; whether all went well
 * @throws ToolError where nothing runs here, or AWS does not let us; ConfigError where the config has mistakes
 */
export const withOperatedStage = (
  words: readonly string[],
  work: (stage: OperatedStage, words: readonly string[]) => Promise<boolean>,
): Promise<boolean> =>
  withStage(words, async (reached, rest) => {
    const running = runningStack();
    const { stage, config } = await readAskedStage(words, running);
    const reach = stage === undefined && running !== undefined ? here(running, config) : inTheCloud(config);
    return work({ ...reached, ...reach }, rest);
  });

type Reach = Pick<OperatedStage, 'config' | 'secretsManager' | 'sns' | 'url'>;

function inTheCloud(config: CheckedConfig): Reach {
  const settings = { ...clientLimits, ...(config.region !== undefined && { region: config.region }) };
  return { config, secretsManager: new SecretsManagerClient(settings), sns: new SNSClient(settings), url: undefined };
}

function here(
  { endpoints, region, url, stage, simulators, simulatorSettings }: StackFile,
  config: CheckedConfig,
): Reach {
  const { secretsManager, sns } = localAwsClients(endpoints, region);
  const destinations = mapValues(config.destinations, (destination, id) => ({
    ...destination,
    url: simulators[id] ?? destination.url,
    settings: { ...destination.settings, ...simulatorSettings[id] },
  }));
  return { config: { ...config, stage, destinations }, secretsManager, sns, url };
}
