import { relative } from 'node:path';
import { bundledApp } from '../app.ts';
import { refuseMore } from './refuse-more.ts';
import { runTool } from './tool-error.ts';

/** `npm run synth`: checks every config, bundles the functions and writes the templates to `cdk.out`. Needs no AWS account. */
await runTool(async () => {
  refuseMore(process.argv.slice(2), 0, 'npm run synth, which writes every stage');
  const { stacks } = (await bundledApp()).synth();
  for (const { templateFullPath } of stacks) console.log(relative(process.cwd(), templateFullPath));
  return true;
});
