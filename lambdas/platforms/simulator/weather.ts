import * as z from 'zod/mini';
import { type ArmedWeather, type Weather, weathers } from '../platform-simulator.ts';
import { storms } from './storms.ts';

/** What is armed and not over yet, in the order in which it was armed. */
export interface WeatherStation {
  readonly arm: (storm: ArmedWeather) => void;
  /** Takes the first storm that is meant for this operation, once. */
  readonly take: (operation: string) => ArmedWeather | undefined;
  readonly armed: () => readonly ArmedWeather[];
  readonly clear: () => void;
}

const stormSchema = z.strictObject({
  weather: z.enum(weathers),
  operation: z.optional(z.string()),
  times: z.optional(z.int().check(z.positive())),
  ms: z.optional(z.number().check(z.nonnegative())),
  carriedOut: z.optional(z.boolean()),
});

/** @throws Error that says what is wrong and lists the weathers */
export function parseStorms(json: unknown): ArmedWeather[] {
  const result = z.safeParse(z.array(stormSchema), Array.isArray(json) ? json : [json]);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(
    `no weather: ${issue?.message} at ${issue?.path.join('.')}; send {"weather", "operation"?, "times"?, "ms"?, "carriedOut"?} or a list of them, weather one of ${weathers.join(', ')}`,
  );
}

/** Whether the vendor does what it was asked to, in this weather. */
export function isCarriedOut(storm: ArmedWeather): boolean {
  const { carriedOut } = storms[storm.weather];
  if (carriedOut === 'either' || carriedOut === 'either-done') return storm.carriedOut ?? carriedOut === 'either-done';
  return carriedOut === 'yes';
}

export const stormMs = (storm: ArmedWeather): number => storm.ms ?? 1000;

export function weatherStation(): WeatherStation {
  let waiting: { readonly storm: ArmedWeather; left: number }[] = [];
  return {
    arm: (storm) => {
      waiting.push({ storm, left: storm.times ?? 1 });
    },
    take: (operation) => {
      const found = waiting.find(({ storm }) => isFor(storm, operation));
      if (found === undefined) return undefined;
      found.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return found.storm;
    },
    armed: () => waiting.map(({ storm, left }) => ({ ...storm, times: left })),
    clear: () => {
      waiting = [];
    },
  };
}

const isFor = (storm: ArmedWeather, operation: string) =>
  storm.operation === undefined || storm.operation.toLowerCase() === operation.toLowerCase();

/**
 * @param operations the vendor's: weather for one that nobody calls would look armed and never come
 * @throws Error where the storm contradicts itself, or is for none of them
 */
export function checkStorm(storm: ArmedWeather, operations: readonly string[]): void {
  if (storm.carriedOut !== undefined && isCarriedOut(storm) !== storm.carriedOut)
    throw new Error(contradiction(storm.weather, storm.carriedOut));
  if (!operations.some((operation) => isFor(storm, operation)))
    throw new Error(`there is no operation "${storm.operation}"; there are ${operations.join(', ')}`);
}

const contradiction = (weather: Weather, carriedOut: boolean) =>
  `"${weather}" with carriedOut ${carriedOut} contradicts itself: this weather always comes ${carriedOut ? 'before' : 'after'} the vendor did what was asked`;
