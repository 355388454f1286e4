import { readXml, type XmlElement } from '../read-xml.ts';
import { namespace, wsdlAt } from './wsdl.ts';

/** What an element may hold: text, a boolean, or exactly these elements in this order. */
type Shape = 'string' | 'boolean' | readonly Field[];
interface Field {
  readonly name: string;
  readonly shape: Shape;
}

const [schema] = childrenOf(readXml(wsdlAt('')), 'types').flatMap((types) => types.children);

/**
 * Validates a message's root element against the schema in the WSDL that is served, as a schema-validating endpoint would.
 *
 * @returns the first thing that is wrong, or `undefined`; it names elements and repeats no value
 */
export function schemaProblem(element: XmlElement): string | undefined {
  const declared = childrenOf(schema, 'element').find((candidate) => candidate.attributes.name === element.name);
  if (declared === undefined) return `there is no element ${element.name}`;
  return problemOf(element, shapeOf(declared));
}

/** The names that stand in a declared element or type, in order. */
export const sequenceOf = (name: string): string[] => {
  const declared = schema?.children.find((candidate) => candidate.attributes.name === name);
  const shape = declared === undefined ? [] : shapeOf(declared);
  return typeof shape === 'string' ? [] : shape.map((field) => field.name);
};

function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

function shapeOf(declared: XmlElement): Shape {
  const type = declared.attributes.type;
  if (type === 'xs:string') return 'string';
  if (type === 'xs:boolean') return 'boolean';
  const named = childrenOf(schema, 'complexType').find((candidate) => `tns:${candidate.attributes.name}` === type);
  const complex = declared.name === 'complexType' ? declared : (named ?? childrenOf(declared, 'complexType')[0]);
  const [sequence] = childrenOf(complex, 'sequence');
  return childrenOf(sequence, 'element').map((field) => ({ name: field.attributes.name ?? '', shape: shapeOf(field) }));
}

function problemOf(element: XmlElement, shape: Shape): string | undefined {
  const { name } = element;
  if (element.namespace !== namespace) return `${name} is not in the namespace ${namespace}`;
  const foreign = Object.keys(element.attributes).find((attribute) => !isHarmless(attribute));
  if (foreign !== undefined) return `${name} may have no attribute ${foreign}`;
  if (typeof shape === 'string') {
    if (element.children.length > 0) return `${name} must hold text only`;
    const isBoolean = /^\s*(true|false|1|0)\s*$/.test(element.text);
    return shape === 'boolean' && !isBoolean ? `${name} must be true or false` : undefined;
  }
  if (element.text.trim() !== '') return `${name} must hold no text beside its elements`;
  const wanted = shape.map((field) => field.name).join(', ');
  if (element.children.map((child) => child.name).join(', ') !== wanted)
    return `${name} must hold exactly, in this order: ${wanted}`;
  return element.children.flatMap((child, index) => problemOf(child, shape[index]?.shape ?? 'string') ?? [])[0];
}

/** Namespace declarations, and `xsi:type` from clients that always tell it; `xsi:nil` is refused, for nothing here is nillable. */
const isHarmless = (attribute: string): boolean => /^xmlns(:|$)|^[^:]+:type$/.test(attribute);
