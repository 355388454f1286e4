import fc from 'fast-check';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import type { Attack, Note } from './attack.ts';
import { deliveryOf, type HostileWorker, openWorker } from './worker.ts';

/** Names on their way through the whole worker: each arrives at the vendor letter for letter, or the signup is rejected. */

const names: readonly string[] = [
  ...['<b>Ada</b>', '</firstName>', '<![CDATA[Ada]]>', ']]>', '<!--', '-->', '<?xml version="1.0"?>', '<!DOCTYPE a>'],
  ...[
    '&amp;',
    '&lt;',
    '&#65;',
    '&#x0;',
    '&nbsp;',
    '&xxe;',
    '&',
    '<',
    '>',
    '"',
    "'",
    '`',
    '%41',
    '+',
    'a=b&c=d',
    'Ada;',
    '\\',
  ],
  ...[
    '{"$xml":"<a/>"}',
    '$xml',
    '$attributes',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    'true',
  ],
  ...['0', '007', '1e3', '{{7*7}}', "Robert'); DROP TABLE", '=1+1', '@SUM(A1)', '../../etc', 'javascript:1'],
  ...[
    '李小龙',
    'Ναΐς',
    'Åse Ødegård',
    '\u202eada',
    'a\u0301',
    '\u00e1',
    '👩‍🚀',
    '🦆',
    'ﷺ',
    '\ufeffAda',
    'ß',
    'İ',
    '\u200bAda\u200b',
  ],
  ...['Ada\u0000', '\u0001', '\u001b[31m', '\u007f', '\u0085', '\ud800', '\udfff', '\ufffe', '\uffff', 'a'.repeat(200)],
  ...['a'.repeat(201), 'a'.repeat(60_000), ' Ada ', 'A\nd\ta', '\u00a0Ada', '\u2028Ada'],
];
/** What JSON can hold where a name belongs. */
const objects: readonly unknown[] = [
  { $xml: '<firstName>Evil</firstName>' },
  { attributes: { $xml: '<a/>' } },
  [{ $xml: '<a/>' }],
  ['Ada', 'Eve'],
  { toString: 'Ada' },
  true,
  1,
];

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
let people = 0;

/** @throws Error where the vendor has another name than was sent, or an account was made of what was rejected */
async function send(worker: HostileWorker, note: Note, sent: readonly unknown[]): Promise<void> {
  const persons = sent.map((name) => {
    const user = `person${++people}`;
    return {
      email: `${user}@example.com`,
      username: user,
      firstName: name,
      lastName: name,
      context: { name, $xml: '<a/>' },
    };
  });
  const answers = await worker.work(persons.map((person) => deliveryOf(JSON.stringify(person))));
  for (const [index, answer] of answers.entries()) {
    const { email, firstName } = persons[index] ?? { email: '', firstName: undefined };
    const account = worker.simulator.accounts().find((each) => each.email === email);
    const isSame =
      typeof firstName === 'string' && account?.firstName === tidy(firstName) && account.lastName === tidy(firstName);
    if (answer === 'created' ? !isSame : account !== undefined)
      throw new Error(`${JSON.stringify(firstName)} became ${JSON.stringify(account?.firstName)}`);
    note(answer === 'created' ? 'created, letter for letter' : answer);
  }
}

const batches = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / 10) }, (_, index) => all.slice(index * 10, (index + 1) * 10));

const attackOn = (name: string, platform: RegisteredPlatform): Attack[] => {
  const attack = (what: string, allowed: string[], sent: () => readonly unknown[]): Attack => ({
    target: `the whole worker, ${name}`,
    what,
    allowed,
    run: async (note) => {
      const worker = await openWorker(name, platform);
      try {
        for (const batch of batches(sent())) await send(worker, note, batch);
        if (worker.everything().includes('Evil</')) throw new Error('a payload was told');
      } finally {
        await worker.stop();
      }
    },
  });
  const both = ['created, letter for letter', 'rejected'];
  return [
    attack('markup, entities, `$xml`, controls, surrogates, every script, in first and last name', both, () => names),
    attack('objects and lists in place of a name, among them `{"$xml": …}`', ['rejected'], () => objects),
    attack('any text as a name', both, () =>
      fc.sample(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 30 })),
        {
          numRuns: 150,
          seed: 11,
        },
      ),
    ),
  ];
};

export const nameAttacks: readonly Attack[] = Object.entries(platforms).flatMap(([name, platform]) =>
  attackOn(name, platform),
);
