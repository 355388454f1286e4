import { readAskedStage } from './asked-source.ts';
import { refuseMore } from './refuse-more.ts';
import { resolvedConfig } from './resolved-config.ts';
import { runningStack } from './running-stack.ts';
import { runTool } from './tool-error.ts';

/** `npm run config [STAGE]`: prints the stage's config with every default and every preset's part written out; it is a valid config itself. */
await runTool(async () => {
  const { config, words } = await readAskedStage(process.argv.slice(2), runningStack());
  refuseMore(words, 0, 'npm run config [STAGE]');
  console.log(JSON.stringify(resolvedConfig(config), null, 2));
  return true;
});
