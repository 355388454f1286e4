import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LedgerItem } from '../../../lambdas/signups/ledger.ts';
import type { Environment } from '../environment.ts';
import type { Ground } from '../ground.ts';
import type { History } from '../history.ts';
import { askingTable, effectOf, itemOf, readingOf } from '../table.ts';

/** A real table, of which every write is noted, and behind which things go wrong. */
export function recordedTable(dynamodb: DynamoDBClient, history: History) {
  const items = new Map<string, LedgerItem>();

  const clientFor = (environment: Environment): DynamoDBClient => {
    const { name: worker } = environment;
    const ask = askingTable(environment, Date.now);
    const note = (id: string, after: LedgerItem | undefined): void => {
      const before = items.get(id);
      if (after === undefined) items.delete(id);
      else items.set(id, after);
      history.add({ kind: 'written', worker, before, after });
    };
    const send = (command: unknown) => {
      if (command instanceof PutItemCommand) {
        const item = itemOf(command.input.Item ?? {});
        return ask(effectOf(items.get(item.id), item), async () => {
          const answer = await dynamodb.send(command);
          note(item.id, item);
          return answer;
        });
      }
      if (command instanceof DeleteItemCommand)
        return ask('give back person', async () => {
          const answer = await dynamodb.send(command);
          note(command.input.Key?.id?.S ?? '', undefined);
          return answer;
        });
      if (command instanceof GetItemCommand)
        return ask(readingOf(command.input.Key?.id?.S ?? ''), () => dynamodb.send(command));
      throw new Error('the ledger sends no such command');
    };
    return Object.create(DynamoDBClient.prototype, { send: { value: send } });
  };

  const ledger: Ground['ledger'] = {
    items: () => [...items.values()],
    text: () => JSON.stringify([...items.values()]),
  };
  return { clientFor, ledger };
}
