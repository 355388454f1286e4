import type { XmlElement } from '../read-xml.ts';
import type { ElectaReplyNames } from './settings.ts';

type Field = keyof ElectaReplyNames;

/** A reply's fields, by what they mean. */
export interface ElectaFields {
  /** The different values under the first of the field's names that has one; `code` and `text` under all of their names. Blanks are no values. */
  readonly all: (field: Field) => readonly string[];
  /** The field's value, untouched; `undefined` where there is none, or where there are several that differ. */
  readonly one: (field: Field) => string | undefined;
}

/** Collects every element's own text and every attribute, at any depth, by name without case, prefix and separators. */
export function fieldsOf(root: XmlElement, names: ElectaReplyNames): ElectaFields {
  const found = new Map<string, Set<string>>();
  const add = (name: string, value: string): void => {
    if (value.trim() === '') return;
    const key = plain(name);
    found.set(key, (found.get(key) ?? new Set()).add(value));
  };
  const walk = (element: XmlElement): void => {
    add(element.name, element.text);
    for (const [name, value] of Object.entries(element.attributes)) add(name, value);
    element.children.forEach(walk);
  };
  walk(root);

  const all = (field: Field): readonly string[] => {
    const sets = names[field].map((name) => [...(found.get(plain(name)) ?? [])]);
    if (field === 'code' || field === 'text') return [...new Set(sets.flat())];
    return sets.find((values) => values.length > 0) ?? [];
  };
  return {
    all,
    one: (field) => {
      const [value, other] = all(field);
      return other === undefined ? value : undefined;
    },
  };
}

/** `User_Id`, `user-id` and `a:USERID` are the same name. */
const plain = (name: string): string =>
  name
    .slice(name.indexOf(':') + 1)
    .replaceAll(/[\s._-]/g, '')
    .toLowerCase();
