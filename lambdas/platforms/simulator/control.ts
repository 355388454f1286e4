import type { SimulatedAccount } from '../platform-simulator.ts';
import type { SimulatedReply, SimulatedRequest } from './exchange.ts';
import { parseStorms, type WeatherStation } from './weather.ts';

/** Where a followed redirect ends up; it is counted, because our clients must never follow one. */
export const elsewhere = '/_simulator/elsewhere';

interface Controlled {
  readonly station: WeatherStation;
  readonly arm: (storm: ReturnType<WeatherStation['armed']>[number]) => void;
  readonly calm: () => Promise<void>;
  readonly accounts: () => readonly SimulatedAccount[];
  readonly counts: () => Readonly<Record<string, number>>;
}

/** The simulator's own HTTP API, on the vendor's port; the README of this folder documents it. */
export async function control(request: SimulatedRequest, controlled: Controlled): Promise<SimulatedReply> {
  switch (`${request.method} ${request.path}`) {
    case 'GET /_simulator/weather':
      return json(200, controlled.station.armed());
    case 'POST /_simulator/weather':
      return arm(request, controlled);
    case 'DELETE /_simulator/weather':
      await controlled.calm();
      return json(200, []);
    case 'GET /_simulator/accounts':
      return json(200, controlled.accounts());
    case 'GET /_simulator/counts':
      return json(200, controlled.counts());
    default:
      return json(404, {
        problem:
          'there are GET, POST and DELETE /_simulator/weather, GET /_simulator/accounts and GET /_simulator/counts',
      });
  }
}

function arm(request: SimulatedRequest, controlled: Controlled): SimulatedReply {
  try {
    for (const storm of parseStorms(JSON.parse(request.body.toString('utf8')))) controlled.arm(storm);
  } catch (error) {
    return json(400, { problem: error instanceof Error ? error.message : 'no weather' });
  }
  return json(200, controlled.station.armed());
}

const json = (status: number, body: unknown): SimulatedReply => ({
  status,
  headers: { 'content-type': 'application/json', connection: 'close' },
  body: `${JSON.stringify(body, null, 2)}\n`,
});
