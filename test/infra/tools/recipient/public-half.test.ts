import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPublicHalf, kidsOf } from '../../../../infra/tools/recipient/public-half.ts';
import { recipient } from '../../example-config.ts';

const [first, second, third] = [1, 2, 3].map(
  (number) => ({ ...recipient, kty: 'EC', crv: 'P-256', kid: `mailer-${number}` }) as const,
);
if (!first || !second || !third) throw new Error('three keys');
const line = (key: object) =>
  `{ ${Object.entries(key)
    .map(([name, value]) => `"${name}": "${value}"`)
    .join(', ')} }`;

describe('a config gets a recipient’s key', () => {
  it('as its last member, where it has no recipients', () => {
    const text = '{\n  "sources": { "shop": { "preset": "x" } },\n  "destinations": {}\n}\n';
    expect(addPublicHalf(text, 'mailer', first)).toBe(
      `{\n  "sources": { "shop": { "preset": "x" } },\n  "destinations": {},\n  "recipients": { "mailer": ${line(first)} }\n}\n`,
    );
  });

  it('beside the recipients that are there, in their indentation', () => {
    const text = `{ "a": "recipients: { ] \\" }",\n  "recipients": {\n\t"crm": ${line({ ...first, kid: 'crm-1' })}\n  } }`;
    expect(addPublicHalf(text, 'mailer', first)).toBe(
      `{ "a": "recipients: { ] \\" }",\n  "recipients": {\n\t"crm": ${line({ ...first, kid: 'crm-1' })},\n\t"mailer": ${line(first)}\n  } }`,
    );
  });

  it('in place of the empty list that stood for it', () => {
    expect(addPublicHalf('{ "recipients": { "mailer": [] } }', 'mailer', first)).toBe(
      `{ "recipients": { "mailer": ${line(first)} } }`,
    );
  });

  it('in a list after the ones that it has', () => {
    const one = addPublicHalf('{ "recipients": {} }', 'mailer', first);
    const two = addPublicHalf(one, 'mailer', second);
    const three = addPublicHalf(two, 'mailer', third);
    expect(two).toBe(`{ "recipients": { "mailer": [${line(first)}, ${line(second)}] } }`);
    expect(kidsOf(three, 'mailer')).toEqual(['mailer-1', 'mailer-2', 'mailer-3']);
  });

  it('in a list of several lines on a line of its own', () => {
    const text = `{\n  "recipients": {\n    "mailer": [\n      ${line(first)}\n    ]\n  }\n}\n`;
    expect(addPublicHalf(text, 'mailer', second)).toBe(
      `{\n  "recipients": {\n    "mailer": [\n      ${line(first)},\n      ${line(second)}\n    ]\n  }\n}\n`,
    );
  });

  it('and nothing else, whatever stands there and however it is written', () => {
    const keys = fc.constantFrom('mailer', 'crm', 'a');
    const lists = fc.constantFrom<unknown>([], first, [first], [first, third]);
    const recipients = fc.option(fc.dictionary(keys, lists), { nil: undefined });
    const rest = fc.dictionary(
      fc.string().filter((key) => !['recipients', '__proto__'].includes(key)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        rest,
        recipients,
        fc.constantFrom(undefined, 1, '\t'),
        fc.boolean(),
        (json, present, indent, isFirst) => {
          const own = present === undefined ? {} : { recipients: present };
          const text = JSON.stringify(isFirst ? { ...own, ...json } : { ...json, ...own }, null, indent);
          const changed = JSON.parse(addPublicHalf(text, 'mailer', second));
          const before = [present?.mailer ?? []].flat();
          const after = [...before, second];
          const expected = { ...present, mailer: before.length === 0 ? second : after };
          expect(changed).toEqual(JSON.parse(JSON.stringify({ ...json, recipients: expected })));
        },
      ),
    );
  });
});
