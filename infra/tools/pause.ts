import { hostname, userInfo } from 'node:os';
import { chosenDestination } from './operate/chosen-destination.ts';
import { pauseDestination } from './operate/pause-destination.ts';
import { withOperatedStage } from './operate/reach-operated-stage.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run pause [STAGE] DESTINATION WHY';

/** `npm run pause [STAGE] DESTINATION WHY`: makes no calls to a destination's vendor until `npm run resume`; its signups wait. */
await runTool(() =>
  withOperatedStage(process.argv.slice(2), async (stage, [word, ...reason]) => {
    const destination = chosenDestination(word, stage, usage);
    const why = reason.join(' ').trim();
    if (why === '') throw new ToolError(`Why? Whoever is paged in the meantime reads it. ${usage}`);
    const by = `${userInfo().username}@${hostname()}`;
    console.log(await pauseDestination(stage, destination, { by, why, now: Date.now() }));
    return true;
  }),
);
