import { randomUUID } from 'node:crypto';
import { findKeys } from './listen/find-keys.ts';
import { hearEvents } from './listen/hear-events.ts';
import { understand } from './listen/heard-event.ts';
import { withTopic } from './listen/reached-topic.ts';
import { readFilter } from './listen/read-filter.ts';
import { eventJson, showEvent } from './listen/show-event.ts';
import { readFlags } from './read-flags.ts';
import { endOfProcess } from './start/end-of-process.ts';
import { runTool, ToolError } from './tool-error.ts';

const usage = 'npm run listen [STAGE] -- [--json] [--filter F] [--decrypt ID]';

/**
 * `npm run listen [STAGE]`: prints events as they come, until Ctrl-C. `-- --json` prints their exact texts, one a line; `--filter F` takes a
 * filter policy, a file with one, or one of the contract's filters by name; `--decrypt ID` shows what a recipient reads, ID being a recipient
 * of the stage or a file with private keys.
 */
await runTool(async () => {
  const { values, positionals } = readFlags(usage, {
    json: { type: 'boolean' },
    filter: { type: 'string' },
    decrypt: { type: 'string' },
  });
  const filter = values.filter === undefined ? undefined : readFilter(values.filter);
  return withTopic(positionals, async (topic, [unknown]) => {
    if (unknown !== undefined) throw new ToolError(`There is no stage ${unknown}. ${usage}`);
    const keys = values.decrypt === undefined ? undefined : await findKeys(values.decrypt, topic);
    const told = endOfProcess();
    const queueName = `matriculate-${topic.config.stage}-listen-${randomUUID().slice(0, 8)}`;
    const hearing = await hearEvents(topic, { queueName, filter }, async (text, at) => {
      const heard = await understand(text, at, keys);
      console.log(values.json ? eventJson(heard, keys !== undefined) : showEvent(heard));
    });
    // On the side, so that the events alone can be piped somewhere.
    console.error(`Listening to ${topic.title}; Ctrl-C ends it, and its queue ${queueName} with it.`);
    await Promise.race([told, hearing.ended]);
    await hearing.stop();
    return true;
  });
});
