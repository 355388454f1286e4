import fc from 'fast-check';
import { readMessage } from '../../lambdas/signups/message.ts';
import { allSchemes } from '../receive-signup/verify/deliveries.ts';
import type { Attack } from './attack.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { eventOf, setUp } from './receiver.ts';
import { anyContent } from './requests.ts';

/** What somebody with a key can send: it is stored byte for byte, and harms nobody. */

const target = 'receive-signup, rightly signed';

/** @throws Error where the newest message does not hold these bytes */
function checkStored(sent: readonly string[], source: string, content: string | Uint8Array): void {
  const message = readMessage(sent.at(-1) ?? '');
  const isSame = message.source === source && message.body === Buffer.from(content).toString('base64');
  if (!isSame || !/\.[\w-]{22}$/.test(message.signupId)) throw new Error('another message than was sent');
}

const named: Attack = {
  target,
  what: 'each of the hostile bodies below, in each scheme',
  allowed: ['202'],
  run: async (note) => {
    const { receive, sent } = setUp();
    for (const { name, sign } of allSchemes)
      for (const [, content] of hostileBodies) {
        note(String((await receive(eventOf(name, sign(content), content))).statusCode));
        checkStored(sent, name, content);
      }
    if ('polluted' in {}) throw new Error('a prototype was reached');
  },
};

const anyBytes: Attack = {
  target,
  what: 'any JSON, any text, any bytes',
  allowed: ['202'],
  run: async (note) => {
    const { receive, sent } = setUp();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...allSchemes), anyContent, async ({ name, sign }, content) => {
        note(String((await receive(eventOf(name, sign(content), content))).statusCode));
        checkStored(sent, name, content);
      }),
      { numRuns: 2000 },
    );
  },
};

export const signedAttacks: readonly Attack[] = [named, anyBytes];
