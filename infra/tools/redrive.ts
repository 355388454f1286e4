import { sendBackDeadLetters } from './ledger/dead-letters.ts';
import { listOpen } from './ledger/open-list.ts';
import { openOutcomes } from './ledger/open-outcomes.ts';
import { withStage } from './ledger/reach-stage.ts';
import type { ReachedStage } from './ledger/reached-stage.ts';
import { type RedriveWish, readRedriveWish, redriveFlags } from './ledger/redrive-flags.ts';
import { redriveOpen } from './ledger/redrive-open.ts';
import { runTool } from './tool-error.ts';

/**
 * `npm run redrive [STAGE]` lists what ended rejected, failed or unknown. `npm run redrive [STAGE] ID`, `all`, or `-- --reason CODE` runs it
 * again, `-- --destination D` only there. `npm run redrive [STAGE] -- --dlq` sends the dead letter queues back.
 */
await runTool(async () => {
  const { flags, words } = redriveFlags(process.argv.slice(2));
  return withStage(words, async (stage, rest) => {
    const wish = readRedriveWish(rest, flags, stage);
    switch (wish.kind) {
      case 'list':
        return list(stage, wish);
      case 'send':
        return redriveOpen(stage, wish, console.log);
      case 'dead-letters':
        return sendBack(stage, wish);
    }
  });
});

async function list(stage: ReachedStage, { destinations }: RedriveWish): Promise<boolean> {
  const open = await openOutcomes(stage, destinations);
  if (open.length === 0) {
    console.log(`Nothing is open in ${stage.title}.`);
    return true;
  }
  console.log(listOpen(open, Date.now()));
  console.log(
    `\nWhen the cause is mended: npm run redrive${stage.word} ID, or all, or -- --reason CODE, or all -- --destination D. What is unknown needs a person: npm run signup${stage.word} ID says how.`,
  );
  return true;
}

async function sendBack(stage: ReachedStage, { destinations }: RedriveWish): Promise<boolean> {
  for (const destination of destinations) {
    const count = await sendBackDeadLetters(stage, destination);
    console.log(
      `${destination} of ${stage.title}: ${count === 0 ? 'no dead letters' : `${count} sent back to its queue`}`,
    );
  }
  return true;
}
