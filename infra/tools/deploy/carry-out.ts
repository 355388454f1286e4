import type { Asker } from '../ask.ts';
import type { CdkEnd } from './cdk.ts';
import type { DeployStep } from './deploy-plan.ts';

/** What a deployment does to the world. */
export interface DeployEffects {
  readonly cdk: (words: readonly string[]) => Promise<CdkEnd>;
  readonly asker: Pick<Asker, 'yes'>;
  /** @throws ToolError where a destination that leaves still holds signups */
  readonly checkRemovals: () => Promise<void>;
  readonly fillSecrets: () => Promise<void>;
  readonly sayWhatToPaste: () => void;
  /** @returns whether nothing is wrong */
  readonly examine: () => Promise<boolean>;
  readonly say: (text: string) => void;
}

/** The CDK's words where an account, or one of its regions, has never seen it. */
const isNotBootstrapped = (said: string): boolean =>
  /has not been bootstrapped|SSM parameter \/cdk-bootstrap\//.test(said);

/** Goes through a plan. @returns whether all of it went well */
export async function carryOut(plan: readonly DeployStep[], effects: DeployEffects): Promise<boolean> {
  for (const step of plan) if (!(await carryOutStep(step, effects))) return false;
  return true;
}

async function carryOutStep(step: DeployStep, effects: DeployEffects): Promise<boolean> {
  switch (step.kind) {
    case 'check-removals':
      await effects.checkRemovals();
      return true;
    case 'show-changes':
      return (await effects.cdk(step.cdk)).code === 0;
    case 'ask': {
      const goesOn = await effects.asker.yes(step.question);
      if (!goesOn) effects.say('Nothing was deployed.');
      return goesOn;
    }
    case 'deploy':
      return deploy(step, effects);
    case 'fill-secrets':
      await effects.fillSecrets();
      return true;
    case 'say-what-to-paste':
      effects.sayWhatToPaste();
      return true;
    case 'examine':
      return effects.examine();
  }
}

async function deploy(
  { cdk, bootstrap }: Extract<DeployStep, { kind: 'deploy' }>,
  effects: DeployEffects,
): Promise<boolean> {
  const first = await effects.cdk(cdk);
  if (first.code === 0) return true;
  if (!isNotBootstrapped(first.said)) return false;
  if (!(await effects.asker.yes('This account and region have never seen the CDK. Bootstrap them?'))) return false;
  if ((await effects.cdk(bootstrap)).code !== 0) return false;
  return (await effects.cdk(cdk)).code === 0;
}
