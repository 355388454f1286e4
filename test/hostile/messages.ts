import fc from 'fast-check';
import { platforms } from '../../lambdas/platforms/registry.ts';
import type { Attack, Note } from './attack.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { deliveryOf, type HostileWorker, openWorker } from './worker.ts';

/** Queue messages that receive-signup never wrote. Each comes in one batch with a good one, which must be carried out all the same. */

const target = 'provision-user’s queue';
let good = 0;

async function besideGood(worker: HostileWorker, note: Note, hostile: readonly string[]): Promise<void> {
  const person = { email: `good${++good}@example.com`, firstName: 'Good', lastName: 'Person', username: `good${good}` };
  const [neighbour, ...answers] = await worker.work([deliveryOf(JSON.stringify(person)), ...hostile]);
  if (neighbour !== 'created') throw new Error(`the good message beside it: ${neighbour}`);
  for (const answer of answers) note(answer);
}

const attack = (
  what: string,
  allowed: readonly string[],
  run: (worker: HostileWorker, note: Note) => Promise<void>,
): Attack => ({
  target,
  what,
  allowed,
  run: async (note) => {
    const worker = await openWorker('electa', platforms.electa);
    try {
      await run(worker, note);
      const strangers = worker.simulator.accounts().filter(({ email }) => !email.startsWith('good'));
      if (strangers.length > 0) throw new Error(`${strangers.length} accounts of nobody`);
      return 'the good message in the same batch was carried out each time';
    } finally {
      await worker.stop();
    }
  },
});

const batches = <T>(all: readonly T[], size = 9): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

const anyText = attack('any text, any JSON', ['comes back'], async (worker, note) => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  const texts = fc.sample(text, { numRuns: 900, seed: 7 });
  for (const batch of batches(texts)) await besideGood(worker, note, batch);
});

const base = { signupId: 'shop.x', source: 'shop', acceptedAt: '2026-11-22T10:17:00.000Z' };
const kinds: readonly Readonly<Record<string, unknown>>[] = [
  { kind: 'delivery', ...base, body: 'e30=' },
  { kind: 'redrive', ...base, run: 2, body: 'jwe' },
  { kind: 'resolve', ...base, run: 2, verdict: 'absent', body: 'jwe' },
];
const wrongTypes: readonly unknown[] = [undefined, null, true, 7, -1, 1e308, '', [], ['x'], {}, { $xml: '<a/>' }];

/** A field of the right type is no mistake. */
const isWrong = (right: unknown, value: unknown): boolean => typeof right !== typeof value;

const wrongFields = attack(
  'each field of each kind of message missing, or of another type',
  ['comes back'],
  async (worker, note) => {
    const texts = kinds.flatMap((message) =>
      Object.entries(message).flatMap(([field, right]) =>
        wrongTypes
          .filter((value) => isWrong(right, value))
          .map((value) => JSON.stringify({ ...message, [field]: value })),
      ),
    );
    for (const batch of batches(texts)) await besideGood(worker, note, batch);
  },
);

const oddRuns = attack(
  'runs that nobody could start: 0, -1, 1.5, 1e308',
  ['dropped', 'waiting', 'comes back'],
  async (worker, note) => {
    const runs = [0, -1, 1.5, 3, 1e308];
    const texts = kinds
      .slice(1)
      .flatMap((message, index) =>
        runs.map((run) => JSON.stringify({ ...message, signupId: `shop.run-${index}-${run}`, run })),
      );
    for (const batch of batches(texts)) await besideGood(worker, note, batch);
  },
);

const oddIds = [
  '__proto__',
  'constructor',
  '',
  '#',
  'classroom#shop.1',
  'a'.repeat(10_000),
  '\u0000',
  '\ud800',
  '../..',
  '$xml',
];
const oddNames = attack(
  'ids, sources and words of any kind',
  ['rejected', 'waiting', 'comes back'],
  async (worker, note) => {
    const texts = oddIds.flatMap((odd, index) => {
      const own = { ...kinds[0], signupId: `shop.odd-${index}` };
      return [
        { ...own, signupId: odd },
        { ...own, signupId: `shop.odd-${index}-s`, source: odd },
        { ...own, undedupable: odd },
      ];
    });
    for (const batch of batches(texts.map((message) => JSON.stringify(message)))) await besideGood(worker, note, batch);
  },
);

const oddBodies = attack(
  'bodies that are no base64, and the hostile bodies below',
  ['rejected'],
  async (worker, note) => {
    const notBase64 = ['=', '!!!!', 'ü', 'AAAA=AAAA', ' '].map((body, index) =>
      JSON.stringify({ ...kinds[0], signupId: `shop.base64-${index}`, body }),
    );
    const hostile = hostileBodies.map(([, body], index) =>
      deliveryOf(typeof body === 'string' ? body : Buffer.from(body).toString('latin1'), `shop.body-${index}`),
    );
    for (const batch of batches([...notBase64, ...hostile])) await besideGood(worker, note, batch);
  },
);

const extraKeys = attack(
  'prototype keys and unknown ones beside the right ones',
  ['rejected'],
  async (worker, note) => {
    const texts = [
      '"__proto__":{"polluted":true}',
      '"constructor":{"prototype":{"polluted":true}}',
      '"extra":[]',
      '"kind":"delivery"',
    ].map((extra, index) =>
      JSON.stringify({ ...kinds[0], signupId: `shop.extra-${index}` }).replace('{', `{${extra},`),
    );
    await besideGood(worker, note, texts);
    if ('polluted' in {}) throw new Error('a prototype was reached');
  },
);

export const messageAttacks: readonly Attack[] = [anyText, wrongFields, oddRuns, oddNames, oddBodies, extraKeys];
