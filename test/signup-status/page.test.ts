import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../lambdas/signup-status/document.ts';
import { statusPage } from '../../lambdas/signup-status/page.ts';
import type { DestinationState } from '../../lambdas/signup-status/state.ts';
import { stateOf } from '../../lambdas/signup-status/state.ts';
import { wordsFor } from '../../lambdas/signup-status/words.ts';
import { calling, ended, everyItem, itemWith, now, signupId, waiting } from './sample-items.ts';

const status = { signupId, source: 'shop', reference: '1001' };
const pageOf = (...states: readonly DestinationState[]) =>
  statusPage({
    ...status,
    destinations: Object.fromEntries(states.map((state, index) => [`place-${index}`, state])),
  });
const everyState: readonly DestinationState[] = [
  stateOf(undefined, now),
  ...everyItem.map((item) => stateOf(item, now)),
];
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');

test.each(everyState.map((state) => [state.state, state] as const))(
  'says in words what %s means and what is next',
  (_, state) => {
    const { label, meaning, next } = wordsFor(state);
    for (const words of [label, meaning, next]) expect(pageOf(state)).toContain(escaped(words));
  },
);

test('every state has a label of its own', () => {
  const labels = new Map(everyState.map((state) => [state.state, wordsFor(state).label]));
  expect(labels.size).toBe(9);
  expect(new Set(labels.values()).size).toBe(9);
});

test('an account found after a lost reply is not called an old one', () => {
  const found = stateOf(itemWith(ended('existing', null, { afterLostReply: true })), now);
  const old = stateOf(itemWith(ended('existing')), now);
  expect(wordsFor(found).meaning).not.toBe(wordsFor(old).meaning);
});

test('the facts are there, in UTC', () => {
  const page = pageOf(
    stateOf(itemWith(waiting({ attempt: 4, maybeDone: true })), now),
    stateOf(itemWith(ended('created', null, { notApplied: ['tags', 'role'] }), { run: 2, conflicts: ['a'] }), now),
  );
  const facts = [
    'HTTP 503',
    'not before <time datetime="2026-11-22T10:19:00.000Z">22 November 2026 at 10:19:00 UTC</time>',
    'no second account will be made',
    '<dt>Requests made</dt><dd>4</dd>',
    '<dd><bdi>9041</bdi></dd>',
    '<dd>tags, role</dd>',
    '2: it was run again',
    '1 said something else',
  ];
  for (const fact of facts) expect(page).toContain(fact);
});

test('what does not apply is not there', () => {
  const page = pageOf(stateOf(itemWith(calling), now));
  for (const name of ['Reason', 'Requests made', 'Run', 'Later messages', 'Not applied', 'Next attempt'])
    expect(page).not.toContain(`<dt>${name}</dt>`);
  expect(pageOf({ state: 'accepted' })).not.toContain('<dl>');
});

test('a signup without a reference is just a signup', () => {
  expect(statusPage({ ...status, reference: null, destinations: {} })).toContain('<h1>Signup</h1>');
});

test('hostile references, ids, reasons and roles stay text', () => {
  const hostile = fc
    .array(
      fc.constantFrom('<script>', '</title>', '"', "'", '&lt;', '<!--', ']]>', '\u202e', 'onload=', '</style>', 'x'),
      { minLength: 1 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(hostile, (text) => {
      const reason = { code: 'vendor-rejected', message: text } as const;
      const step = ended('rejected', reason, {
        account: { userId: text, username: text, role: text },
        notApplied: [text],
      });
      const destinations = { [text]: stateOf(itemWith(step), now) };
      const page = statusPage({ signupId: text, source: text, reference: text, destinations });
      const harmless = statusPage({ signupId: 'x', source: 'x', reference: 'x', destinations: { x: harmlessState } });
      expect(tagsOf(page)).toEqual(tagsOf(harmless));
    }),
  );
});

const harmlessState = stateOf(
  itemWith(
    ended(
      'rejected',
      { code: 'vendor-rejected', message: 'x' },
      {
        account: { userId: 'x', username: 'x', role: 'x' },
        notApplied: ['x'],
      },
    ),
  ),
  now,
);
const tagsOf = (page: string) => page.replace(/<style>.*?<\/style>/s, '').match(/<[^>]*>/g);

test('the page allows its own style and nothing else, and has nothing else', () => {
  const page = pageOf(...everyState);
  const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(contentSecurityPolicy).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|<form|https?:|url\(|@import|\son\w+=|\sstyle=/i);
  expect(page.match(/<style/g)).toHaveLength(1);
});

test('the page fits a phone and is small', () => {
  const page = pageOf(...everyState);
  expect(page).toContain('<meta name="viewport" content="width=device-width,initial-scale=1">');
  expect(Buffer.byteLength(page)).toBeLessThan(12_000);
});
