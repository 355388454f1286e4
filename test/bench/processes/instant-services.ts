import { text } from 'node:stream/consumers';
import { listen } from '../../../infra/local/servers/listen.ts';

/** A ledger that takes every write and holds nothing, and a topic that takes every event: both answer at once. Says their address when asked. */
const { url, close } = await listen((request, response) => {
  void text(request).then((body) => {
    if (!body.startsWith('Action=')) response.end('{}');
    else response.end('<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>');
  });
});

process.on('message', () => process.send?.({ url }));
process.on('disconnect', () => void close().then(() => process.exit()));
process.send?.('ready');
