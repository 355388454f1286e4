import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { sampleEvents } from '../../infra/tools/republish/sample-events.ts';
import { type PrivateKeys, readPrivateKeys } from '../../lambdas/subscriber/private-keys.ts';
import { createWelcomeMailer } from '../../lambdas/welcome-mailer/handler.ts';
import type { Mail, SentMails } from '../../lambdas/welcome-mailer/ports.ts';
import { changedAt } from '../fixtures/changed-at.ts';
import { contractFolder } from '../fixtures/event-schemas.ts';
import { createRecipient } from '../fixtures/recipient.ts';
import { check, largest } from '../infra/example-config.ts';
import { sqsRecords } from './sqs-records.ts';

const password = 'correct-horse-battery-staple';
const textOf = (name: string): string => exampleEvents.find((example) => example.name === name)?.text ?? '';
const exampleKeys = readPrivateKeys(readFileSync(join(contractFolder, 'example/recipient.private.json'), 'utf8'));
const withId = (text: string, id: string): string => JSON.stringify(changedAt(JSON.parse(text), 'id', id));

/** Remembers like the table, in memory. */
function memory(): SentMails & { readonly state: Map<string, 'claimed' | 'sent'> } {
  const state = new Map<string, 'claimed' | 'sent'>();
  return {
    state,
    claim: async (id) => {
      const found = state.get(id);
      if (found === undefined) state.set(id, 'claimed');
      return found === undefined ? 'ours' : found === 'sent' ? 'sent' : 'busy';
    },
    done: async (id) => void state.set(id, 'sent'),
    release: async (id) => void state.delete(id),
  };
}

function open(options: { keys?: (fresh: boolean) => PrivateKeys; send?: (mail: Mail) => Promise<void> } = {}) {
  const mails: Mail[] = [];
  const logged: string[] = [];
  const sentMails = memory();
  const handler = createWelcomeMailer({
    send: options.send ?? (async (mail) => void mails.push(mail)),
    sentMails,
    keys: async (fresh) => (options.keys ?? (() => exampleKeys))(fresh),
    log: (...line) => void logged.push(JSON.stringify(line)),
  });
  return { mails, logged, sentMails, handle: (...bodies: string[]) => handler(sqsRecords(bodies)) };
}

describe('the welcome mailer', () => {
  it('decrypts, and welcomes the learner', async () => {
    const { mails, handle } = open();
    expect(await handle(textOf('created'))).toEqual({ batchItemFailures: [] });
    expect(mails).toMatchObject([{ to: 'ada@example.com', text: expect.stringContaining(password) }]);
  });

  it('welcomes once, whatever is doubled, batched together or in another order', async () => {
    const texts = ['created', 'existing', 'created-chosen'].map((name, run) =>
      withId(textOf(name), `shop.x/classroom/account/${run + 1}`),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...texts), { maxLength: 5 }), { maxLength: 6 }),
        async (batches) => {
          const { mails, handle } = open();
          // What comes back is delivered again, as SQS does.
          for (const batch of batches) {
            let left = batch;
            while (left.length > 0) {
              const { batchItemFailures } = await handle(...left);
              left = batchItemFailures.map(({ itemIdentifier }) => left[Number(itemIdentifier)] ?? '');
            }
          }
          expect(mails).toHaveLength(new Set(batches.flat()).size);
        },
      ),
    );
  });

  it('lets a message come back that nobody took, and welcomes then', async () => {
    let down = true;
    const mails: Mail[] = [];
    const { handle, logged } = open({
      send: async (mail) => {
        if (down) throw new Error(`no route for ${mail.text}`);
        mails.push(mail);
      },
    });
    expect(await handle(textOf('created'))).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    down = false;
    expect(await handle(textOf('created'))).toEqual({ batchItemFailures: [] });
    expect(mails).toHaveLength(1);
    expect(logged.join()).not.toContain(password);
  });

  it('fails for what it can’t read alone', async () => {
    const { mails, handle } = open();
    expect(await handle('{"c4n4ry', textOf('created'))).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(mails).toHaveLength(1);
  });

  it('asks for the keys of now where none of those at hand fits', async () => {
    const { mails, handle } = open({ keys: (fresh) => (fresh ? exampleKeys : new Map()) });
    expect(await handle(textOf('created'))).toEqual({ batchItemFailures: [] });
    expect(mails).toHaveLength(1);
  });

  it('mails nothing that it can’t decrypt: it comes back, and the dead letter queue is watched', async () => {
    const { mails, handle } = open({ keys: () => new Map() });
    expect(await handle(textOf('created'))).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(mails).toEqual([]);
  });

  it.each(['sample', 'registration-created', 'rejected', 'failed', 'unknown', 'created-without-personal-data'])(
    'mails nothing for %s',
    async (name) => {
      const { mails, handle } = open();
      expect(await handle(textOf(name))).toEqual({ batchItemFailures: [] });
      expect(mails).toEqual([]);
    },
  );

  it('says of each sample whether its keys fit, and a wrong key fails', async () => {
    const [right, other] = await Promise.all([createRecipient('mailer-1'), createRecipient('mailer-1')]);
    const { classroom, academy } = largest.destinations;
    const samples = await sampleEvents(
      check({
        ...largest,
        // The first destination's credentials are discarded: they open with any key.
        destinations: { academy, classroom },
        recipients: { mailer: right.publicKey },
      }),
      Date.now(),
    );
    const created = samples.filter((text) => JSON.parse(text).type === 'matriculate.account.created.v1');
    const mailerWith = (keys: PrivateKeys) => open({ keys: () => keys });

    const fits = mailerWith(new Map([['mailer-1', right.privateKey]]));
    expect(await fits.handle(...created)).toEqual({ batchItemFailures: [] });
    expect(fits.logged).toEqual([
      expect.stringMatching(/a sample.*academy.*no key tried/),
      expect.stringMatching(/a sample.*classroom.*the key fits/),
    ]);
    for (const [keys, error] of [
      [new Map([['mailer-1', other.privateKey]]), 'InvalidEventError'],
      [new Map([['crm-1', right.privateKey]]), 'NotForUsError'],
    ] as const) {
      const wrong = mailerWith(keys);
      expect(await wrong.handle(...created)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
      expect(wrong.logged.join()).toMatch(new RegExp(`could not welcome.*${error}`));
      expect(wrong.mails).toEqual([]);
    }
  });

  it('leaves types that it does not know to others', async () => {
    const { mails, handle } = open();
    const later = JSON.stringify({ ...JSON.parse(textOf('created')), type: 'matriculate.account.created.v2' });
    expect(await handle(later)).toEqual({ batchItemFailures: [] });
    expect(mails).toEqual([]);
  });

  it('logs neither the learner nor the password', async () => {
    const { handle, logged } = open();
    await handle(textOf('created'), textOf('rejected'), textOf('sample'), '{}');
    expect(logged.length).toBeGreaterThan(1);
    expect(logged.join()).not.toMatch(/ada|lovelace|correct-horse/i);
  });
});
