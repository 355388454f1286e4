import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventTypes } from '../../../../infra/contract/event-types.ts';
import { exampleEvents } from '../../../../infra/contract/example-events.ts';
import { publishAgain } from '../../../../infra/tools/republish/publish-again.ts';
import { readSince } from '../../../../infra/tools/republish/read-since.ts';
import { sampleEvents } from '../../../../infra/tools/republish/sample-events.ts';
import { storedEvents } from '../../../../infra/tools/republish/stored-events.ts';
import { eventSchema } from '../../../../lambdas/signups/event.ts';
import { schemaProblems } from '../../../fixtures/event-schemas.ts';
import { createRecipient } from '../../../fixtures/recipient.ts';
import { startTable } from '../../../fixtures/running-table.ts';
import { check, largest, smallest } from '../../example-config.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('--since', () => {
  it.each([
    ['2h', now - 7_200_000],
    ['2026-11-22T10:00:00Z', now - 7_200_000],
    ['2026-11-22T10:00+01:00', now - 3 * 3_600_000],
    ['2026-11-22', now - 12 * 3_600_000],
  ])('%s is a time', (word, time) => {
    expect(readSince(word, now)).toBe(time);
  });

  it.each(['yesterday', '10:00', '2026-11-22T10:00:00', '2026-13-40', '2'])('%s is none', (word) => {
    expect(() => readSince(word, now)).toThrow(/is no time: write/);
  });
});

describe('stored events', () => {
  it('are told again byte by byte: each step’s, none that is older than asked for, of signups only', async () => {
    const { client, table, close } = await startTable();
    onTestFinished(close);
    const at = (time: string, name: string) => JSON.stringify({ id: name, time });
    const items = [
      {
        id: 'c#1',
        kind: 'signup',
        steps: [{ state: 'done', event: at('2026-11-22T11:00:00Z', 'a ”ü') }, { state: 'calling' }],
      },
      {
        id: 'c#2',
        kind: 'signup',
        steps: [{ event: at('2026-11-22T11:30:00Z', 'b') }, { event: at('2026-11-22T11:31:00Z', 'c') }],
      },
      { id: 'c#3', kind: 'signup', steps: [{ state: 'done', event: at('2026-11-22T09:59:59Z', 'old') }] },
      { id: 'c#4', kind: 'signup', steps: [{ state: 'done', event: null }] },
      { id: 'c#person#x', kind: 'person', steps: [{ event: at('2026-11-22T11:30:00Z', 'no') }] },
      // More than a page of a scan.
      ...Array.from({ length: 12 }, (_, index) => ({ id: `p#${index}`, kind: 'session', token: 'x'.repeat(200_000) })),
    ];
    for (const item of items) await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
    const told: string[] = [];
    for await (const event of storedEvents(client, table, now - 7_200_000)) told.push(event);
    expect(told.map((text) => JSON.parse(text).id).sort()).toEqual(['a ”ü', 'b', 'c']);
    expect(told).toContain(at('2026-11-22T11:00:00Z', 'a ”ü'));
  });

  it('are all published, though some at a time', async () => {
    const texts = Array.from({ length: 34 }, (_, index) => exampleEvents[index % exampleEvents.length]?.text ?? '');
    const published: string[] = [];
    expect(await publishAgain(texts, async (event) => void published.push(event))).toBe(34);
    expect(published.toSorted()).toEqual(texts.toSorted());
  });
});

describe('samples', () => {
  it('are one event of each type by its schema, marked, under the stage’s own names', async () => {
    const samples = await sampleEvents(check(smallest), now);
    const events = samples.map((text) => eventSchema.parse(JSON.parse(text)));
    expect(events.map(({ type }) => type)).toEqual(eventTypes.map(({ type }) => type));
    expect(samples.flatMap(schemaProblems)).toEqual([]);
    for (const event of events)
      expect(event).toMatchObject({
        test: true,
        data: { source: 'shop', destination: 'classroom', platform: 'electa' },
      });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('can be decrypted by the destination’s recipient, and are new each time', async () => {
    const { publicKey, decrypt } = await createRecipient('mailer-1');
    const config = check({ ...smallest, recipients: { mailer: publicKey } });
    const [created] = (await sampleEvents(config, now)).map((text) => eventSchema.parse(JSON.parse(text)));
    const [again] = (await sampleEvents(config, now)).map((text) => eventSchema.parse(JSON.parse(text)));
    if (!created || !again) throw new Error('no samples');
    expect(await decrypt(created)).toEqual({ username: 'sample', password: 'sample-password' });
    expect(created.id).not.toBe(again.id);
  });

  it('come of each destination by the first source that names it, so that each one’s recipients can try their keys', async () => {
    const [mailer, crm, stranger] = await Promise.all(['mailer-1', 'crm-1', 'crm-1'].map(createRecipient));
    if (!mailer || !crm || !stranger) throw new Error('no recipients');
    const config = check({
      ...largest,
      destinations: {
        academy: { ...largest.destinations.academy, credentials: 'discard' },
        classroom: largest.destinations.classroom,
        seminar: { ...largest.destinations.classroom, credentials: ['crm'] },
      },
      sources: { ...largest.sources, 'own-site': { ...largest.sources['own-site'], to: ['academy', 'seminar'] } },
      recipients: { mailer: mailer.publicKey, crm: crm.publicKey },
    });
    const samples = (await sampleEvents(config, now)).map((text) => eventSchema.parse(JSON.parse(text)));
    const created = samples.filter(({ type }) => type === 'matriculate.account.created.v1');
    expect(samples).toHaveLength(3 * eventTypes.length);
    expect(
      created.map(({ data: { destination, source, credentials } }) => [destination, source, credentials?.state]),
    ).toEqual([
      ['academy', 'shop', 'discarded'],
      ['classroom', 'shop', 'encrypted'],
      ['seminar', 'own-site', 'encrypted'],
    ]);
    const [, classroom, seminar] = created;
    if (!classroom || !seminar) throw new Error('no samples');
    expect(await mailer.decrypt(classroom)).toEqual({ username: 'sample', password: 'sample-password' });
    expect(await crm.decrypt(seminar)).toEqual({ username: 'sample', password: 'sample-password' });
    await expect(stranger.decrypt(seminar)).rejects.toThrow();
  });

  it('tell ids only, where the destination does', async () => {
    const classroom = { ...smallest.destinations.classroom, personalData: 'omit' };
    const samples = await sampleEvents(check({ ...smallest, destinations: { classroom } }), now);
    expect(samples.join()).not.toMatch(/ada@|Lovelace/);
  });
});
