import { examine } from './doctor/examine.ts';
import { showFindings } from './doctor/finding.ts';
import { chosenDestination } from './operate/chosen-destination.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { readFlags } from './read-flags.ts';
import { refuseMore } from './refuse-more.ts';
import { runTool } from './tool-error.ts';

const usage = 'npm run doctor [STAGE] [DESTINATION] [-- --retry]';

/**
 * `npm run doctor [STAGE] [DESTINATION]`: says what is wrong with a stage, and what to do about it. `-- --retry` allows one more login where the
 * vendor had refused the credentials twice.
 */
await runTool(async () => {
  const { values, positionals } = readFlags(usage, { retry: { type: 'boolean' } });
  return withOperatedStage(positionals, async (stage, words) => {
    const [word] = words;
    refuseMore(words, 1, usage);
    const destinations = word === undefined ? stage.destinations : [chosenDestination(word, stage, usage)];
    const findings = await examine(stage, { destinations, retry: values.retry ?? false, now: Date.now });
    console.log(showFindings(findings));
    const count = findings.filter(({ state }) => state === 'wrong').length;
    console.log(count === 0 ? `\nNothing is wrong with ${stage.title}.` : `\n${count} wrong with ${stage.title}.`);
    return count === 0;
  });
});
