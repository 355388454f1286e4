/** A vendor's good reply, spoilt so that nobody can be sure of it any more. */
export interface Spoiler {
  readonly what: string;
  /** @returns the same text where this reply can't be spoilt so, such as an empty one */
  readonly spoil: (good: string) => string;
  readonly contentType?: string;
}

const inRoot = (good: string, more: string): string => good.replace(/<\/[^<>]+>\s*$/, (end) => more + end);
const withDoctype = (good: string, inner: string): string =>
  good.startsWith('<') ? good.replace(/^(<\?xml[^>]*>)?\s*/, (head) => `${head}<!DOCTYPE r [${inner}]>`) : good;
const lol = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('');

const cuts: readonly Spoiler[] = Array.from({ length: 12 }, (_, index) => ({
  what: 'cut',
  spoil: (good: string) =>
    good.trimEnd().slice(0, Math.floor((good.trimEnd().length * index) / 12) + (index === 0 ? 1 : 0)),
}));

export const spoilers: readonly Spoiler[] = [
  ...cuts,
  { what: 'DOCTYPE', spoil: (good) => withDoctype(good, '') },
  { what: 'entities', spoil: (good) => withDoctype(good, '<!ENTITY x "9041">') },
  {
    what: 'external entity',
    spoil: (good) => inRoot(withDoctype(good, '<!ENTITY x SYSTEM "file:///etc/passwd">'), '<a>&x;</a>'),
  },
  { what: 'billion laughs', spoil: (good) => inRoot(withDoctype(good, `<!ENTITY l0 "lol">${lol}`), '<a>&l9;</a>') },
  { what: 'unknown entity', spoil: (good) => inRoot(good, '<a>&nbsp;</a>') },
  { what: 'bare ampersand', spoil: (good) => inRoot(good, '<a>a & b</a>') },
  { what: 'NUL reference', spoil: (good) => inRoot(good, '<a>&#0;</a>') },
  { what: 'control character', spoil: (good) => inRoot(good, '<a>\u0001</a>') },
  { what: 'prototype key', spoil: (good) => inRoot(good, '<__proto__>1</__proto__>') },
  { what: 'deep nesting', spoil: (good) => inRoot(good, '<a>'.repeat(5000) + '</a>'.repeat(5000)) },
  { what: 'two documents', spoil: (good) => good + good.replace(/^<\?xml[^>]*>\s*/, '') },
  { what: 'text after it', spoil: (good) => `${good}junk` },
  { what: 'text before it', spoil: (good) => `junk${good}` },
  {
    what: 'HTML in its place',
    spoil: () => '<html><body><h1>We will be back</h1></body></html>',
    contentType: 'text/html',
  },
  {
    what: 'JSON in its place',
    spoil: (good) => (good === '' ? good : '{"ok":true,"$xml":"<a/>","__proto__":{"polluted":true}}'),
    contentType: 'application/json',
  },
  { what: 'deep JSON', spoil: () => '['.repeat(100_000), contentType: 'application/json' },
  {
    what: 'the wrong charset',
    spoil: (good) => (good === '' ? good : `${good}\u00e9`),
    contentType: 'text/xml; charset=us-nothing',
  },
  { what: '2 MB', spoil: (good) => good + ' '.repeat(2_000_000) },
  { what: 'open tags', spoil: () => '<a>'.repeat(300_000) },
];
