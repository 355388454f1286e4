import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArmedWeather, RunningSimulator, SimulatorOptions } from '../platform-simulator.ts';
import type { AccountStore } from './account-store.ts';
import { control, elsewhere } from './control.ts';
import type { Counter } from './counter.ts';
import type { SentReply, SimulatedReply, SimulatedRequest } from './exchange.ts';
import { openPort } from './port.ts';
import { storms } from './storms.ts';
import { checkStorm, isCarriedOut, stormMs, weatherStation } from './weather.ts';
import { receive, send } from './wire.ts';

/** What the author of a simulator writes; everything else (HTTP, weather, control, counting of operations) is the kit's. */
export interface SimulatedVendor {
  /** The vendor's operations by the vendor's own names. Each runs in one go, so two requests never see half of each other. */
  readonly operations: Readonly<Record<string, (request: SimulatedRequest) => SimulatedReply>>;
  /** Which of the operations a request asks for, by path or body; `undefined` for anything else. */
  readonly operationOf: (request: SimulatedRequest) => string | undefined;
  /** Answers everything else: a WSDL, a wrong path. No weather, not counted. */
  readonly otherwise: (request: SimulatedRequest) => SimulatedReply;
  /** Made by `accountStore(…)`; the operations add to it. */
  readonly accounts: AccountStore;
  /** Made by `counter()`; the kit counts each operation that was carried out, the operations whatever else is worth counting, such as `refusedLogins`. */
  readonly counts: Counter;
  /** The secret that is accepted: `options.secret`, or an invented one. */
  readonly secret: Readonly<Record<string, unknown>>;
  /** Settings of a destination that this simulator needs with its variants, if any. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where the vendor's API begins, such as `/dc/api/v5`; nothing by default. */
  readonly basePath?: string;
}

const nothing: SimulatedReply = { status: 200, headers: {}, body: '' };

/** A mistake in a simulator is told to its author, who reads replies. */
const broken = (error: unknown): SentReply => ({
  reply: { status: 500, headers: { 'content-type': 'text/plain' }, body: `the simulator broke: ${String(error)}` },
});

/**
 * Starts a simulated vendor on 127.0.0.1.
 *
 * @throws Error where the port is taken, or a storm in `options.weather` contradicts itself or is for no operation of the vendor
 */
export async function startSimulator(
  vendor: SimulatedVendor,
  options: Pick<SimulatorOptions, 'port' | 'latencyMs' | 'weather'> = {},
): Promise<RunningSimulator> {
  const operations = Object.keys(vendor.operations);
  for (const storm of options.weather ?? []) checkStorm(storm, operations);
  const station = weatherStation();
  const closing = new AbortController();
  const server = createServer((incoming, response) => {
    void receive(incoming).then(async (request) => {
      if (request === null) response.destroy();
      else send(response, await answer(request).catch(broken));
    });
  });
  const port = await openPort(server, options.port ?? 0);

  const arm = (storm: ArmedWeather): void => {
    checkStorm(storm, operations);
    if (storm.weather !== 'connection-refused') station.arm(storm);
    else {
      vendor.counts.count('weather:connection-refused');
      port.shut(stormMs(storm));
    }
  };
  const calm = (): Promise<void> => {
    station.clear();
    return port.reopen();
  };

  async function answer(request: SimulatedRequest): Promise<SentReply> {
    if (request.path === elsewhere) vendor.counts.count('redirectsFollowed');
    if (request.path.startsWith('/_simulator/'))
      return { reply: await control(request, { station, arm, calm, ...ledger }) };
    const operation = vendor.operationOf(request);
    if (operation === undefined) return { reply: vendor.otherwise(request) };
    const storm = station.take(operation);
    if (storm !== undefined) vendor.counts.count(`weather:${storm.weather}`);
    const delay = (options.latencyMs ?? 0) + (storm?.weather === 'slow' ? stormMs(storm) : 0);
    if (delay > 0) await sleep(delay, undefined, { signal: closing.signal }).catch(() => undefined);
    const reply = storm === undefined || isCarriedOut(storm) ? carryOut(operation, request) : nothing;
    return storm === undefined ? { reply } : storms[storm.weather].spoil(reply, stormMs(storm));
  }

  function carryOut(operation: string, request: SimulatedRequest): SimulatedReply {
    if (closing.signal.aborted) return nothing;
    vendor.counts.count(operation);
    return vendor.operations[operation]?.(request) ?? vendor.otherwise(request);
  }

  const ledger = { accounts: vendor.accounts.all, counts: vendor.counts.all };
  for (const storm of options.weather ?? []) arm(storm);
  return {
    url: `${port.origin}${vendor.basePath ?? ''}`,
    secret: vendor.secret,
    settings: vendor.settings ?? {},
    ...ledger,
    arm,
    calm,
    close: () => {
      closing.abort();
      return port.close();
    },
  };
}
