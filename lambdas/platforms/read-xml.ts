import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isRecord } from '../signups/is-record.ts';
import { hasIllegalCharacter, unescapeText } from './xml-text.ts';

/** An element, its prefix resolved. */
export interface XmlElement {
  /** The name without its prefix. */
  readonly name: string;
  /** The empty string where the element is in no namespace. */
  readonly namespace: string;
  /** By the name as written, namespace declarations included. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own text, CDATA included, exactly as written. */
  readonly text: string;
}

/** SOAP messages nest to 6; a schema a little deeper. */
const depthLimit = 24;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Decoded by us, so that an unknown entity is an error and nothing ever expands.
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Reads a whole XML document strictly. fast-xml-parser accepts truncated documents without its validator, and two roots and trailing
 * text even with it; a cut or doubled reply must never be read as success.
 *
 * @throws Error where it is not exactly one well-formed element, or has a DOCTYPE, an undeclared prefix or an unknown entity; the
 *   message repeats nothing of the document
 */
export function readXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new Error('the XML has a DOCTYPE, which is refused');
  if (hasIllegalCharacter(text)) throw new Error('the XML holds a character that XML does not allow');
  if (XMLValidator.validate(text) !== true) throw new Error('the XML is not well-formed');
  const roots = elementsOf(parse(text));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new Error('the XML has not exactly one root');
  if (!endsWithClosingTag(text, root.qualifiedName)) throw new Error('the XML goes on after its root');
  return resolve(root, { xml: 'http://www.w3.org/XML/1998/namespace' }, 1);
}

function parse(text: string): unknown {
  try {
    return parser.parse(text);
  } catch {
    throw new Error('the XML is not well-formed');
  }
}

interface Node {
  readonly qualifiedName: string;
  readonly content: unknown;
  readonly attributes: Readonly<Record<string, string>>;
}

const recordsOf = (content: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(content) ? content.filter(isRecord) : [];

/** fast-xml-parser, with `preserveOrder`: each node is `{[name]: content, ':@': attributes}`, text is `{'#text': …}`. */
function elementsOf(content: unknown): Node[] {
  return recordsOf(content).flatMap((record) => {
    const qualifiedName = Object.keys(record).find((key) => key !== ':@' && !key.startsWith('#'));
    if (qualifiedName === undefined) return [];
    const raw = isRecord(record[':@']) ? record[':@'] : {};
    const attributes = Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, unescapeText(String(value))]),
    );
    return [{ qualifiedName, content: record[qualifiedName], attributes }];
  });
}

function textOf(content: unknown): string {
  const parts = recordsOf(content).map((record) => {
    if ('#text' in record) return unescapeText(String(record['#text']));
    return '#cdata' in record ? recordsOf(record['#cdata']).map((part) => String(part['#text'])) : '';
  });
  return parts.flat().join('');
}

function resolve(node: Node, outer: Readonly<Record<string, string>>, depth: number): XmlElement {
  if (depth > depthLimit) throw new Error(`the XML is nested deeper than ${depthLimit}`);
  const scope: Record<string, string> = { ...outer };
  for (const [name, value] of Object.entries(node.attributes)) {
    if (name === 'xmlns') scope[''] = value;
    else if (name.startsWith('xmlns:')) scope[name.slice('xmlns:'.length)] = value;
  }
  const [prefix = '', name = ''] = node.qualifiedName.includes(':')
    ? node.qualifiedName.split(':')
    : ['', node.qualifiedName];
  const namespace = prefix === '' ? (scope[''] ?? '') : scope[prefix];
  if (namespace === undefined || name === '') throw new Error('the XML uses a prefix that it does not declare');
  return {
    name,
    namespace,
    attributes: node.attributes,
    children: elementsOf(node.content).map((child) => resolve(child, scope, depth + 1)),
    text: textOf(node.content),
  };
}

function endsWithClosingTag(text: string, qualifiedName: string): boolean {
  const [, closed] = /<\/([^\s<>]+)\s*>\s*$/.exec(text.slice(-1000)) ?? [];
  return closed === qualifiedName;
}
