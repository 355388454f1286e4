import { terminalAsker } from './ask.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { refuseMore } from './refuse-more.ts';
import { revokeSecret, rotateSecret, setSecret } from './secrets/change-secret.ts';
import { checkSecrets, showSecrets } from './secrets/check-secrets.ts';
import { namedSecret } from './secrets/named-secret.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run secrets [STAGE] [set|rotate|revoke NAME]';

/**
 * `npm run secrets [STAGE]` says which secrets are filled, and right by their shape. `npm run secrets [STAGE] set|rotate|revoke NAME` asks
 * without echo and fills one, adds the next key beside the one in use, or ends every key but the newest.
 */
await runTool(() =>
  withOperatedStage(process.argv.slice(2), async (stage, words) => {
    const [verb = 'check', word] = words;
    refuseMore(words, verb === 'check' ? 1 : 2, usage);
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
        throw new ToolError(`${verb} is neither a stage nor one of check, set, rotate, revoke: ${usage}`);
    }
  }).finally(() => process.stdin.unref?.()),
);
