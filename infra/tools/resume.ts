import { chosenDestination } from './operate/chosen-destination.ts';
import { resumeDestination } from './operate/pause-destination.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { runTool } from './tool-error.ts';

/** `npm run resume [STAGE] DESTINATION`: ends what `npm run pause` began. */
await runTool(() =>
  withOperatedStage(process.argv.slice(2), async (stage, [word]) => {
    const destination = chosenDestination(word, stage, 'npm run resume [STAGE] DESTINATION');
    console.log(await resumeDestination(stage, destination));
    return true;
  }),
);
