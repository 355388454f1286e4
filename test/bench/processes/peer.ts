import { statSync } from 'node:fs';
import { openFunctionLog } from '../../../infra/local/functions/function-log.ts';
import { createFunctionPool } from '../../../infra/local/functions/function-pool.ts';
import { startHttpApi } from '../../../infra/local/http-api/http-api.ts';
import { type PeerOptions, type PeerSnapshot, peerMemoryMb } from '../peer-protocol.ts';

/** The obvious way behind an API like ours, in a process of its own. Started with {@link PeerOptions} as JSON. */
const options: PeerOptions = JSON.parse(process.argv[2] ?? '');

const log = openFunctionLog(options.directory, 'peer');
const { region, endpoints } = options;
const pool = createFunctionPool(
  {
    name: 'peer',
    arn: `arn:aws:lambda:${region}:000000000000:function:peer`,
    role: 'arn:aws:iam::000000000000:role/peer',
    handler: 'index.handler',
    directory: options.bundle,
    timeoutMs: 29_000,
    memoryMb: peerMemoryMb,
    environment: options.environment,
    logFormat: 'Text',
    logLevel: undefined,
  },
  { region, endpoints, log },
  options.concurrency,
);
const api = await startHttpApi(0);
api.serve([{ routeKey: 'POST /webhooks/{source}', functionName: 'peer', timeoutMs: 30_000 }], (_name, event) =>
  pool.invoke(event),
);

const snapshot = (): PeerSnapshot => ({ url: api.url, ...pool.usage(), logBytes: statSync(pool.logFile).size });

process.on('message', () => process.send?.(snapshot()));
process.on('disconnect', () => {
  void Promise.all([api.close(), pool.stop()]).then(() => process.exit());
});
process.send?.('ready');
