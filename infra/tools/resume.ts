import { chosenDestination } from './operate/chosen-destination.ts';
import { resumeDestination } from './operate/pause-destination.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { refuseMore } from './refuse-more.ts';
import { runTool } from './tool-error.ts';

const usage = 'npm run resume [STAGE] DESTINATION';

/** `npm run resume [STAGE] DESTINATION`: ends what `npm run pause` began. */
await runTool(() =>
  withOperatedStage(process.argv.slice(2), async (stage, words) => {
    const [word] = words;
    refuseMore(words, 1, usage);
    const destination = chosenDestination(word, stage, usage);
    console.log(await resumeDestination(stage, destination));
    return true;
  }),
);
