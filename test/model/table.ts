import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { LedgerItem } from '../../lambdas/signups/ledger.ts';
import { currentStep, personItemSchema, sessionItemSchema, signupItemSchema } from '../../lambdas/signups/ledger.ts';
import type { Clock } from '../../lambdas/signups/ports.ts';
import type { EffectName } from './effects.ts';
import type { Environment } from './environment.ts';
import { endedIn, isNote } from './evidence.ts';
import type { History } from './history.ts';
import type { Time } from './time.ts';

type Row = Record<string, AttributeValue>;

/** @throws Error where a row is none of the ledger's items */
export const itemOf = (row: Row): LedgerItem => z.parse(itemSchema, unmarshall(row));

/** DynamoDB's part of the world: one table, and its conditions. */
export interface Table {
  /** A client for one environment. Only `send` works, and only with what the ledger sends. */
  readonly clientFor: (environment: Environment) => DynamoDBClient;
  readonly items: () => LedgerItem[];
  readonly text: () => string;
}

const itemSchema = z.discriminatedUnion('kind', [signupItemSchema, personItemSchema, sessionItemSchema]);

export function createTable(time: Time, history: History): Table {
  const rows = new Map<string, { readonly row: Row; readonly item: LedgerItem }>();

  const clientFor = (environment: Environment): DynamoDBClient => {
    const { name: worker } = environment;
    const ask = askingTable(environment, time.now);
    const put = ({ input }: PutItemCommand) => {
      const { Item: row = {} } = input;
      const item = itemOf(row);
      const before = rows.get(item.id);
      return ask(effectOf(before?.item, item), () => {
        const found = rows.get(item.id);
        check(found?.row, input);
        rows.set(item.id, { row, item });
        history.add({ kind: 'written', worker, before: found?.item, after: item });
        return {};
      });
    };
    const remove = ({ input }: DeleteItemCommand) =>
      ask('give back person', () => {
        const id = input.Key?.id?.S ?? '';
        const found = rows.get(id);
        check(found?.row, input);
        rows.delete(id);
        history.add({ kind: 'written', worker, before: found?.item, after: undefined });
        return {};
      });
    const get = ({ input }: GetItemCommand) => {
      const id = input.Key?.id?.S ?? '';
      return ask(readingOf(id), () => {
        const found = rows.get(id);
        return found === undefined ? {} : { Item: found.row };
      });
    };
    const send = (command: unknown) => {
      if (command instanceof PutItemCommand) return put(command);
      if (command instanceof GetItemCommand) return get(command);
      if (command instanceof DeleteItemCommand) return remove(command);
      throw new Error('the model’s table does not know this command');
    };
    return Object.create(DynamoDBClient.prototype, { send: { value: send } });
  };

  return {
    clientFor,
    items: () => [...rows.values()].map(({ item }) => item),
    text: () => JSON.stringify([...rows.values()].map(({ row }) => row)),
  };
}

/** Asks the table; each of its replies, a refusal too, says what time it was there. */
export const askingTable =
  (environment: Environment, now: Clock) =>
  async <T>(effect: EffectName, carryOut: () => T | Promise<T>): Promise<T> => {
    const heard = environment.clock.asking();
    let date: string | undefined;
    const answer = () => {
      date = new Date(now()).toUTCString();
      return carryOut();
    };
    try {
      const value = await environment.ask(effect, answer);
      heard(date);
      return value;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) heard(date);
      throw error;
    }
  };

interface Conditional {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

function check(found: Row | undefined, { ConditionExpression, ExpressionAttributeValues }: Conditional): void {
  if (holds(found, ConditionExpression, ExpressionAttributeValues?.[':seen']?.S)) return;
  throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
}

function holds(found: Row | undefined, condition: string | undefined, seen: string | undefined): boolean {
  switch (condition) {
    case undefined:
      return true;
    case 'attribute_not_exists(id)':
      return found === undefined;
    case 'writeId = :seen':
      return found !== undefined && found.writeId?.S === seen;
    default:
      throw new Error(`the model’s table does not know the condition ${condition}`);
  }
}

export const readingOf = (id: string): EffectName => {
  if (id.endsWith('#session')) return 'read session';
  return id.includes('#person#') ? 'read person' : 'read signup';
};

/** Which of the ledger's writes this is; judged by what the table holds now. */
export function effectOf(before: LedgerItem | undefined, after: LedgerItem): EffectName {
  switch (after.kind) {
    case 'person':
      return 'take person';
    case 'session': {
      const earlier = before?.kind === 'session' ? before : undefined;
      const sum = (refused: Record<string, number> = {}) =>
        Object.values(refused).reduce((total, each) => total + each, 0);
      if (sum(after.refused) > sum(earlier?.refused)) return 'count refusal';
      if (after.token !== undefined && after.generation !== earlier?.generation) return 'write token';
      if (after.slotUntil > (earlier?.slotUntil ?? 0)) return 'take login slot';
      return after.token === undefined && earlier?.token !== undefined ? 'drop token' : 'free login slot';
    }
    case 'signup': {
      const write = {
        at: 0,
        order: 0,
        worker: '',
        before: before?.kind === 'signup' ? before : undefined,
        after,
      };
      if (isNote(write)) return 'write note';
      if (endedIn(write).length > 0) return 'write done';
      const { state } = currentStep(after);
      return state === 'calling' ? 'write claim' : `write ${state}`;
    }
  }
}
