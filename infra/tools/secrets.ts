import { terminalAsker } from './ask.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { revokeSecret, rotateSecret, setSecret } from './secrets/change-secret.ts';
import { checkSecrets, showSecrets } from './secrets/check-secrets.ts';
import { namedSecret } from './secrets/named-secret.ts';
import { runTool, ToolError } from './tool-error.ts';

/**
 * `npm run secrets [STAGE]` says which secrets are filled, and right by their shape. `npm run secrets [STAGE] set|rotate|revoke NAME` asks
 * without echo and fills one, adds the next key beside the one in use, or ends every key but the newest.
 */
await runTool(() =>
  withOperatedStage(process.argv.slice(2), async (stage, [verb = 'check', word]) => {
    switch (verb) {
      case 'check': {
        const reports = await checkSecrets(stage, Date.now());
        console.log(showSecrets(reports, stage.word));
        return reports.every(({ judgement }) => judgement.kind === 'filled');
      }
      case 'set':
        console.log(await setSecret(namedSecret(word, stage.config), stage, terminalAsker()));
        return true;
      case 'rotate':
        console.log(await rotateSecret(namedSecret(word, stage.config), stage, terminalAsker()));
        return true;
      case 'revoke':
        console.log(await revokeSecret(namedSecret(word, stage.config), stage));
        return true;
      default:
        throw new ToolError(
          `${verb} is neither a stage nor one of check, set, rotate, revoke: npm run secrets [STAGE] [set|rotate|revoke NAME]`,
        );
    }
  }).finally(() => process.stdin.unref?.()),
);
