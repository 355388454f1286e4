import { parseArgs } from 'node:util';
import { terminalAsker } from './ask.ts';
import { forgetPerson } from './forget/forget-person.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run forget [STAGE] E-MAIL [-- --yes]';

/** `npm run forget [STAGE] E-MAIL`: erases a person's data from the ledger; that they have an account stays known by keyed hashes. */
await runTool(async () => {
  const { values, positionals } = parseArgs({ options: { yes: { type: 'boolean' } }, allowPositionals: true });
  return withOperatedStage(positionals, async (stage, [email, ...more]) => {
    if (email === undefined || more.length > 0 || !/^[^\s@]+@[^\s@]+$/.test(email)) throw new ToolError(usage);
    console.log(await forgetPerson(stage, email, terminalAsker(), values.yes ?? false));
    return true;
  });
});
