import { createPublish } from '../../lambdas/aws/topic.ts';
import { eventAttributes } from '../../lambdas/signups/event-attributes.ts';
import { withTopic } from './listen/reached-topic.ts';
import { readFlags } from './read-flags.ts';
import { publishAgain } from './republish/publish-again.ts';
import { readSince } from './republish/read-since.ts';
import { sampleEvents } from './republish/sample-events.ts';
import { storedEvents } from './republish/stored-events.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run republish [STAGE] -- --since TIME, or npm run republish [STAGE] samples';

/**
 * `npm run republish [STAGE] -- --since TIME` tells the ledger's events again, the same ids and bytes: whoever had them recognises them.
 * `npm run republish [STAGE] samples` tells one event of each type for each destination, marked `"test": true`.
 */
await runTool(async () => {
  const { values, positionals } = readFlags(usage, { since: { type: 'string' } });
  const since = values.since === undefined ? undefined : readSince(values.since, Date.now());
  return withTopic(positionals, async ({ clients, config, title, topicArn, tableName }, [word, ...more]) => {
    const isSamples = word === 'samples';
    if (more.length > 0 || (word !== undefined && !isSamples) || isSamples === (since !== undefined))
      throw new ToolError(usage);
    const publish = createPublish(clients.sns, topicArn);
    if (since === undefined) {
      const samples = await sampleEvents(config, Date.now());
      await publishAgain(samples, publish);
      for (const { destination, type } of samples.map(eventAttributes)) console.log(`${destination}  ${type}`);
      console.log(`${samples.length} samples told to every subscriber of ${title}.`);
      return true;
    }
    const count = await publishAgain(storedEvents(clients.dynamodb, tableName, since), publish);
    const from = new Date(since).toISOString();
    console.log(
      `${count} events since ${from} told again to every subscriber of ${title}: the same ids, the same bytes.`,
    );
    return true;
  });
});
