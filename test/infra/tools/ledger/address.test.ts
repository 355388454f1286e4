import { expect, it } from 'vitest';
import { mentionsAddress } from '../../../../infra/tools/ledger/address.ts';

const mentions = (text: string, email = 'ann@example.com') => mentionsAddress(text, email, false);

it.each([
  '{"email":"ann@example.com"}',
  '{"email":" Ann@Example.COM "}',
  'email=ann@example.com&name=Ann',
  'email=ann%40example.com',
  'to=%20ann%40example%2ecom%0a',
  '{"text":"to\\nann@example.com\\n"}',
  '{"email":"\\u0061nn\\u0040example.com"}',
  'raw={%22email%22:%22\\u0061nn@example.com%22}',
  "<a href='mailto:ann@example.com'>",
  'Her address is ann@example.com.',
  'https://shop.example/users/ann@example.com/orders',
])('a whole address is found in %s', (text) => expect(mentions(text)).toBe(true));

it.each([
  'joann@example.com',
  '{"email":"jo-ann@example.com"}',
  '{"email":"jo.ann@example.com"}',
  '{"email":"jo+ann@example.com"}',
  '{"email":"d\'ann@example.com"}',
  '{"email":"jo\\u0061nn@example.com"}',
  'email=jo%61nn%40example.com',
  'email=jo%2Bann%40example.com',
  '{"email":"jöann@example.com"}',
  'ann@example.com.au',
  'ann@example.community',
  'ann@example.com-pany.example',
  'ann@examplezcom',
])('an address that only holds it is not it: %s', (text) => expect(mentions(text)).toBe(false));

it('a plus is a space in a form, and a part of an address anywhere', () => {
  expect(mentionsAddress('text=to+ann@example.com', 'ann@example.com', true)).toBe(true);
  expect(mentionsAddress('email=ann%2Bshop@example.com', 'ann+shop@example.com', true)).toBe(true);
  expect(mentionsAddress('email=ann+shop@example.com', 'ann+shop@example.com', true)).toBe(true);
  expect(mentionsAddress('email=jo%2Bann@example.com', 'ann@example.com', true)).toBe(false);
});

it('addresses are compared as persons are: NFC, trimmed, lower-cased', () => {
  expect(mentions('{"email":"A\u0308nne@example.com"}', ' \u00c4nne@EXAMPLE.com')).toBe(true);
  expect(mentions('anne@example.com', '(anne@example.com')).toBe(false);
});
