import { readAskedSource } from './asked-source.ts';
import { reportMapping } from './mapping-report.ts';
import { readDeliveries } from './read-deliveries.ts';
import { runningStack } from './running-stack.ts';
import { runTool } from './tool-error.ts';

/** `npm run map [STAGE] SOURCE [FILE]`: prints the signup that a payload becomes and where it goes, or why not; the sample's without a FILE. */
await runTool(async () => {
  const { config, source, file } = await readAskedSource('map', process.argv.slice(2), runningStack());
  const payloads = readDeliveries(file, source.sample);
  let ok = true;
  for (const [index, payload] of payloads.entries()) {
    const report = await reportMapping(config, source, payload);
    if (payloads.length > 1) console.log(`# ${index + 1} of ${payloads.length}`);
    console.log(report.text);
    ok &&= report.ok;
  }
  return ok;
});
