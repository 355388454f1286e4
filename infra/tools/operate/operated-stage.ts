import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import type { ReachedStage } from '../ledger/reached-stage.ts';

/** A stage as whoever operates it needs it: its ledger and queues, and its config, secrets and vendors. */
export interface OperatedStage extends ReachedStage {
  /** On this machine with the simulators' addresses and settings filled in. */
  readonly config: CheckedConfig;
  readonly secretsManager: SecretsManagerClient;
  readonly sns: SNSClient;
  /** The API's base address on this machine; in the cloud the stack's outputs say it. */
  readonly url: string | undefined;
}
