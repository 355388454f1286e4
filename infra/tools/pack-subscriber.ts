import { packSubscriber } from './pack-subscriber/pack.ts';
import { runTool } from './tool-error.ts';

/** `npm run subscriber:pack`: makes a tarball of the library for subscribers, which `npm install FILE` takes anywhere, and prints its path. */
await runTool(async () => {
  console.log(packSubscriber());
  return true;
});
