import { terminalAsker } from './ask.ts';
import { forgetPerson } from './forget/forget-person.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { readFlags } from './read-flags.ts';
import { refuseMore } from './refuse-more.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run forget [STAGE] E-MAIL | ID | SOURCE/REFERENCE [-- --yes]';

/**
 * `npm run forget [STAGE] E-MAIL`: erases a person's data from the ledger; that they have an account stays known by keyed hashes. `ID` or
 * `SOURCE/REFERENCE` in place of the address: from this signup alone, which need not name them.
 */
await runTool(async () => {
  const { values, positionals } = readFlags(usage, { yes: { type: 'boolean' } });
  return withOperatedStage(positionals, async (stage, words) => {
    const [word] = words;
    if (word === undefined) throw new ToolError(`Whom? ${usage}`);
    refuseMore(words, 1, usage);
    console.log(await forgetPerson(stage, word, terminalAsker(), values.yes ?? false));
    return true;
  });
});
