import { buildApp } from 'fauxqs';
import type { RunningServer } from './listen.ts';

/** SQS and SNS in memory, at one address. */
export async function startQueuesAndTopics(): Promise<RunningServer> {
  const app = buildApp({ logger: false });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: () => app.close() };
}
