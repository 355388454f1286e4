import { describe, expect, test } from 'vitest';
import { readReply } from '../../../lambdas/platforms/electa/reply.ts';
import { settings as electa } from '../../../lambdas/platforms/electa/settings.ts';
import { answered } from '../answered.ts';

const { replyNames } = electa.schema.parse({});
const read = (body: string | Uint8Array, headers = {}) => readReply(answered(body, 200, headers), replyNames);
const coded = (code: string, rest = '') => `<r><ResponseCode>${code}</ResponseCode>${rest}</r>`;
const refused = (code: string, text = '') => ({ kind: 'refused', code, text });
const unreadable = (message: string) => ({ kind: 'unreadable', message });

describe('a code alone', () => {
  const forms = [(code: string) => ` ${code}\n`, (code: string) => `<int> ${code} </int>`];

  test.each(['17', '-17', '+17', '123456789', '10', '100'])('%s is a refusal without words', (code) => {
    for (const form of forms) expect(read(form(code))).toEqual(refused(code));
  });

  test.each(['0', '00', '+0', '-0'])('%s is a zero that says nothing of an account', (code) => {
    for (const form of forms) expect(read(form(code))).toEqual(unreadable('the reply is a bare zero'));
  });

  test.each(['17 18', 'a17', '17a', '1234567890', '--17', '1.7'])('is nothing of the kind in %s', (text) => {
    expect(read(text).kind).toBe('unreadable');
    expect(read(`<int>${text}</int>`)).toMatchObject({ kind: 'document', coded: false });
  });

  test('is none where its element has more in it', () => {
    expect(read('<int>17<email>ada@example.com</email></int>')).toMatchObject({ kind: 'document', coded: false });
  });
});

describe("a document's code", () => {
  test.each(['0', ' 0\n'])('%j is the vendor’s zero', (code) => {
    expect(read(coded(code))).toMatchObject({ kind: 'document', coded: true });
  });

  test.each([' 17 ', '10', 'x0', '0x', 'okay', 'not done', '-1', 'E'.repeat(40)])('%j is a refusal', (code) => {
    expect(read(coded(code))).toEqual(refused(code.trim()));
  });

  test.each(['00', '+0', '-0', 'OK', 'Success', 'true', 'done', 'E'.repeat(41)])('%j is neither', (code) => {
    expect(read(coded(code))).toEqual(unreadable('the reply has a code that can not be read'));
  });

  test('takes all of the vendor’s texts along', () => {
    const texts = '<Description>No such account.</Description><Message>Ask us.</Message>';
    expect(read(coded('17', texts))).toEqual(refused('17', 'No such account. Ask us.'));
  });
});

test.each(['', ' \r\n'])('a reply of %j is empty', (body) => {
  expect(read(body)).toEqual(unreadable('the reply is empty'));
});

test('a reply is read in the charset that its Content-Type tells', () => {
  const latin1 = Buffer.from(coded('17', '<Message>Zoë</Message>'), 'latin1');
  expect(read(latin1, { 'content-type': 'text/xml; charset=iso-8859-1' })).toEqual(refused('17', 'Zoë'));
  expect(read(latin1)).toEqual(unreadable('the reply is not in the charset that it is said to be in'));
});
