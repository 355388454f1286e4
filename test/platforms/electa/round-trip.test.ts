import fc from 'fast-check';
import { expect, test } from 'vitest';
import { electaVariants } from '../../../lambdas/platforms/electa/variants.ts';
import { parseSignup } from '../../../lambdas/signups/signup.ts';
import { signupWith } from '../vendor-call.ts';
import { electaBench } from './bench.ts';

const nasty = [
  '&',
  '<',
  '>',
  '"',
  "'",
  ']]>',
  '&amp;',
  '&#65;',
  '<![CDATA[',
  '+',
  '%20',
  '=',
  ';',
  'ü',
  'ß',
  '山田',
  '😀',
  'é',
  '\u00a0',
  '\u200d',
  '{"$xml":1}',
];
const nameText = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''))
  .filter((text) => !('problems' in parseSignup({ email: 'a@b', firstName: text, lastName: text })));

const forms = electaVariants.text.flatMap((text) => electaVariants.encoding.map((encoding) => ({ text, encoding })));

test.each(forms)('names, address and credentials come back byte for byte: %j', async (variants) => {
  const { vendor, token, create } = await electaBench({ variants });
  const session = await token();
  let number = 0;
  await fc.assert(
    fc.asyncProperty(nameText, nameText, nameText, async (firstName, lastName, address) => {
      number += 1;
      const email = `ü'&${number}@example.com`;
      const result = await create(signupWith({ email, firstName, lastName, address }), session);
      const made = vendor.accounts().at(-1);
      expect(made).toMatchObject({ email, firstName, lastName, fields: { Address: address } });
      expect(result).toMatchObject({
        kind: 'created',
        account: { username: made?.username },
        credentials: { username: made?.username, password: made?.password },
      });
    }),
    { numRuns: 40 },
  );
  await vendor.close();
});
