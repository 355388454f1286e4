import fc from 'fast-check';
import { everyItem, signupId } from '../signup-status/sample-items.ts';
import { rightKey, worldWith } from '../signup-status/world.ts';
import type { Attack } from './attack.ts';
import { anyText } from './requests.ts';

/** Requests at a signup's address of somebody who was not given it. */

const asked: Attack = {
  target: 'signup-status, without the address',
  what: 'any id, key and query string',
  allowed: ['400', '404'],
  run: async (note) => {
    const { ask, reads, log } = worldWith(everyItem);
    const id = fc.oneof(fc.constant(signupId), anyText);
    const key = fc.oneof(
      anyText.filter((text) => text !== rightKey),
      fc.constantFrom(
        rightKey.slice(1),
        `${rightKey}=`,
        rightKey.toUpperCase(),
        `${rightKey}&key=${rightKey}`,
        `${rightKey}%00`,
      ),
    );
    const query = fc.oneof(
      key.map((text) => `key=${text}`),
      anyText,
      fc.webQueryParameters(),
    );
    const accept = fc.oneof(
      anyText,
      fc.constantFrom('text/html', 'application/json', ',;q=,', 'text/html;q=9'.repeat(500)),
    );
    await fc.assert(
      fc.asyncProperty(id, query, accept, async (at, text, wanted) => {
        note(String((await ask(text, { id: at, accept: wanted })).statusCode));
      }),
      { numRuns: 3000 },
    );
    if (reads.length > 0) throw new Error('the ledger was read');
    if (log.some((line) => line.includes(rightKey.slice(1)))) throw new Error('a key was logged');
    return 'the ledger was never read';
  },
};

export const statusAttacks: readonly Attack[] = [asked];
