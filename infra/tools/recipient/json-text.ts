/** Where something stands in a text: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A JSON object in a text: where it stands, and where its members' values do. */
export interface ObjectSpan extends Span {
  readonly members: ReadonlyMap<string, Member>;
}

/** A member's value, and where its key begins. */
export interface Member extends Span {
  readonly key: number;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Finds an object in a JSON text, so that it can be changed without touching the rest.
 *
 * @param text valid JSON
 * @param path the keys that lead to it; none for the whole text
 * @returns `undefined` where there is no object at this path
 */
export function findObject(text: string, path: readonly string[]): ObjectSpan | undefined {
  const tokens = [...text.matchAll(token)].map(({ 0: word, index }) => ({
    word,
    start: index,
    end: index + word.length,
  }));
  let at = 0;

  function value(here: readonly string[] | undefined): ObjectSpan | undefined {
    const first = tokens[at];
    if (first === undefined) return undefined;
    if (first.word === '{') return object(here);
    at += 1;
    if (first.word === '[')
      while (tokens[at]?.word !== ']') {
        value(undefined);
        if (tokens[at]?.word === ',') at += 1;
      }
    if (first.word === '[') at += 1;
    return undefined;
  }

  /** @param here the rest of the path; `undefined` off the path */
  function object(here: readonly string[] | undefined): ObjectSpan | undefined {
    const start = tokens[at]?.start ?? 0;
    const members = new Map<string, Member>();
    let found: ObjectSpan | undefined;
    at += 1;
    while (tokens[at]?.word !== '}') {
      const { word = '""', start: keyAt = 0 } = tokens[at] ?? {};
      const key: unknown = JSON.parse(word);
      at += 2;
      const from = tokens[at]?.start ?? 0;
      const inner = value(here !== undefined && here[0] === key ? here.slice(1) : undefined);
      found ??= inner;
      members.set(String(key), { key: keyAt, start: from, end: tokens[at - 1]?.end ?? from });
      if (tokens[at]?.word === ',') at += 1;
    }
    const end = tokens[at]?.end ?? start;
    at += 1;
    return here?.length === 0 ? { start, end, members } : found;
  }

  return value(path);
}

/** A text with a part of it replaced. */
export const splice = (text: string, { start, end }: Span, replacement: string): string =>
  text.slice(0, start) + replacement + text.slice(end);

/** An object's text with one more member at its end, indented like the ones before it. */
export function addMember(text: string, object: ObjectSpan, key: string, value: string): string {
  const last = [...object.members.values()].at(-1);
  const member = `${JSON.stringify(key)}: ${value}`;
  if (last === undefined) return splice(text, object, `{ ${member} }`);
  const [gap = ' '] = /\n[ \t]*$/.exec(text.slice(0, last.key)) ?? [];
  return splice(text, { start: last.end, end: last.end }, `,${gap}${member}`);
}
