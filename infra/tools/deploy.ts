import { join } from 'node:path';
import { bundledApp } from '../app.ts';
import { configFolder, readConfig, stagesIn } from '../config.ts';
import { stackName } from '../constructs/names.ts';
import { terminalAsker } from './ask.ts';
import { assertRemovable } from './deploy/assert-removable.ts';
import { carryOut } from './deploy/carry-out.ts';
import { runCdk } from './deploy/cdk.ts';
import { planDeployment } from './deploy/deploy-plan.ts';
import { deployedDestinations } from './deploy/deployed-destinations.ts';
import { fillSecrets } from './deploy/fill-secrets.ts';
import { lastOutputs, outputsFile } from './deploy/outputs.ts';
import { whatToPaste } from './deploy/what-to-paste.ts';
import { examine } from './doctor/examine.ts';
import { showFindings } from './doctor/finding.ts';
import type { OperatedStage } from './operate/operated-stage.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { runTool, ToolError } from './tool-error.ts';

/**
 * `npm run deploy STAGE`: checks, shows what would change and asks, deploys (bootstrapping the account, if need be), asks for each secret that is
 * empty, says what to paste where, and examines the stage. A pipeline needs none of it: `npx cdk deploy matriculate-STAGE --require-approval never`.
 */
await runTool(async () => {
  const [stage, ...more] = process.argv.slice(2);
  if (stage === undefined || more.length > 0 || !stagesIn().includes(stage))
    throw new ToolError(
      `npm run deploy STAGE; there is ${stagesIn().join(', ')}. A new stage is a file in infra/config.`,
    );
  const config = await readConfig(join(configFolder, `${stage}.json`));
  console.log(`Synthesizing ${stackName(stage)}`);
  const { directory } = (await bundledApp({ only: stage })).synth();
  const asker = terminalAsker();
  return withOperatedStage([stage], (reached: OperatedStage) =>
    carryOut(planDeployment(config, outputsFile(stage)), {
      cdk: (words) => runCdk(directory, words),
      asker,
      checkRemovals: async () => assertRemovable(reached, await deployedDestinations(reached.sqs, stage, stagesIn())),
      fillSecrets: () => fillSecrets(reached, process.stdin.isTTY ? asker : undefined, console.log),
      sayWhatToPaste: () => console.log(whatToPaste(config, lastOutputs(stage))),
      examine: async () => {
        const findings = await examine(reached, { destinations: reached.destinations, retry: false, now: Date.now });
        console.log(showFindings(findings));
        return findings.every(({ state }) => state !== 'wrong');
      },
      say: console.log,
    }),
  );
});
