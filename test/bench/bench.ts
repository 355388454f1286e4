import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { type Bill, ourBill, peerBill, total } from './cost.ts';
import { acceptTime } from './experiments/accept-time.ts';
import { bundleSizes } from './experiments/bundle-size.ts';
import { drain } from './experiments/drain.ts';
import { growth } from './experiments/growth.ts';
import { importTimes } from './experiments/import-time.ts';
import { ingestCpu } from './experiments/ingest-cpu.ts';
import { memory } from './experiments/memory.ts';
import { comparisonOf, openPeerBench } from './experiments/peer.ts';
import { round } from './figure.ts';
import { figureJson } from './json.ts';
import { prices } from './prices.ts';
import { billTable, comparisonTable, figureTable } from './print.ts';
import { longer, ourUseAt } from './usage.ts';
import { openWorkshop } from './workshop.ts';

/** `npm run bench [-- --json]`: how close to the floor, and what a million signups cost. Measures the bundles as they are deployed. */

/** A vendor as slow as many are, for a second bill. */
const slowVendorMs = 2_000;

const leftOut = 'the gate that checks permissions on this machine, a hop that AWS has not';

const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;
const start = performance.now();
const say = (what: string) => console.error(`${Math.round((performance.now() - start) / 1000)} s: ${what}`);

say('bundling');
const workshop = await openWorkshop();
try {
  const registered: Readonly<Record<string, RegisteredPlatform>> = platforms;
  const names = Object.keys(registered);
  const everyPlatform = Object.fromEntries(
    Object.entries(registered).map(([platform, { settings }]) => [
      platform,
      { platform, ...(settings.credentials !== 'none' && { credentials: ['mailer'] }) },
    ]),
  );
  const idle = await workshop.startStack(everyPlatform, { latencyMs: {}, polled: false });
  say('imports');
  const figures = [...bundleSizes(workshop), ...importTimes(workshop, idle, names)];
  say('CPU of a webhook');
  figures.push(await ingestCpu(workshop, idle));
  say('answers while the vendor is slow');
  figures.push(await acceptTime(workshop, idle));
  say('draining');
  const drained = await drain(workshop);
  figures.push(...drained.figures);
  say('the obvious way');
  const peerBench = await openPeerBench(workshop);
  const times = await peerBench.answerTimes();
  say('memory, and mishaps on both ways');
  const [memoryFigure, mishaps] = await Promise.all([memory(workshop, idle, 'electa'), peerBench.mishaps()]);
  const comparison = comparisonOf(times, mishaps);
  await peerBench.close();
  say('growth');
  figures.push(memoryFigure, await growth(workshop, idle, 'electa'));

  const longerWait = slowVendorMs - comparison.vendor_ms;
  const bills: Record<string, Bill> = {
    ours: ourBill(drained.usage),
    'the obvious way': peerBill(times.use),
    [`ours, ${slowVendorMs / 1000} s`]: ourBill(ourUseAt(drained.usage, slowVendorMs)),
    [`the obvious way, ${slowVendorMs / 1000} s`]: peerBill(longer(times.use, longerWait)),
  };
  console.log(`\n${figureTable(figures)}\n\n${comparisonTable(comparison)}\n`);
  console.log(`Left out on the way of every AWS call: ${leftOut}.\n`);
  console.log(
    `${billTable(`a million signups, list prices of ${prices.asOf}, vendor ${comparison.vendor_ms} ms`, bills)}\n`,
  );
  say('done');
  if (json)
    console.log(
      JSON.stringify({
        ...figureJson(figures),
        peer: comparison,
        cost_per_million: Object.fromEntries(Object.entries(bills).map(([name, bill]) => [name, round(total(bill))])),
        cost_per_million_raw: { prices, usage: drained.usage, bills },
        machine: { node: process.version, cpus: availableParallelism(), load: loadavg(), left_out: leftOut },
        seconds: Math.round((performance.now() - start) / 1000),
      }),
    );
} finally {
  await workshop.close();
}
