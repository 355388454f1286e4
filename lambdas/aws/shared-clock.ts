import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { resolvePointer } from '../signups/json-pointer.ts';
import type { Clock } from '../signups/ports.ts';

/**
 * The workers' clock, set by the ledger's: what one worker writes of time into the ledger (a lease, the login slot) another one compares with
 * its own, and machines' clocks may be minutes apart. All of them see the `Date` of the table's replies.
 */
export interface SharedClock {
  readonly now: Clock;
  /** Call it when the table is asked, and what it returns with the reply's `Date`. */
  readonly asking: () => (date: string | undefined) => void;
}

/** `Date` counts whole seconds: nearer than this the machine's own clock stands, and does not jump. */
const toleranceMs = 5_000;

/** @param own the machine's clock */
export function createSharedClock(own: Clock): SharedClock {
  let offset = 0;
  const now = () => own() + offset;
  return {
    now,
    asking: () => {
      const asked = own();
      return (date = '') => {
        // The server's moment lies between asking and now, however slow the reply was: only what lies outside of that says that a clock is off.
        const server = Date.parse(date);
        const ahead = asked + offset - server;
        const behind = server - now();
        if (ahead > toleranceMs) offset -= ahead;
        else if (behind > toleranceMs) offset += behind;
      };
    },
  };
}

/** The client, with every reply of the table's setting the clock, and no other clock any more. Refusals (a failed condition) have a `Date`, too. */
export function setClockBy(client: DynamoDBClient, clock: SharedClock): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (args) => {
      const heard = clock.asking();
      const result = await next(args);
      heard(dateOf(result.response));
      return result;
    },
    // The innermost place: before the reply is read, which throws where it is a refusal.
    { name: 'setClock', step: 'deserialize', priority: 'low', override: true },
  );
  return client;
}

function dateOf(response: unknown): string | undefined {
  const date = resolvePointer(response, '/headers/date');
  return typeof date === 'string' ? date : undefined;
}
