import { readAskedSignup } from './ledger/asked-signup.ts';
import { findSignups } from './ledger/find-signups.ts';
import { withStage } from './ledger/reach-stage.ts';
import { chosenDestinations } from './ledger/redrive-flags.ts';
import { readFinding, resolveUnknown } from './ledger/resolve-unknown.ts';
import { tellSignups } from './ledger/tell-signups.ts';
import { readFlags } from './read-flags.ts';
import { refuseMore } from './refuse-more.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run signup [STAGE] ID | SOURCE/REFERENCE | E-MAIL [-- --resolve exists|absent] [--destination D]';

/**
 * `npm run signup [STAGE] ID | SOURCE/REFERENCE | E-MAIL`: all that the ledger knows of a signup, at every destination; never credentials.
 * `-- --resolve exists|absent` closes an unknown one: it says what a person found at the vendor.
 */
await runTool(async () => {
  const { values, positionals } = readFlags(usage, { resolve: { type: 'string' }, destination: { type: 'string' } });
  return withStage(positionals, async (stage, words) => {
    const [word] = words;
    if (word === undefined) throw new ToolError(`Which signup? ${usage}`);
    refuseMore(words, 1, usage);
    const asked = readAskedSignup(word, stage);
    const destinations = chosenDestinations(values.destination, stage);
    const finding = values.resolve === undefined ? undefined : readFinding(values.resolve);
    const found = await findSignups(stage, asked);
    const items = found.filter(({ destination }) => destinations.includes(destination));
    console.log(tellSignups(asked, items, destinations, stage, Date.now()));
    if (finding !== undefined) console.log(`\n${await resolveUnknown(stage, items, finding)}`);
    return true;
  });
});
