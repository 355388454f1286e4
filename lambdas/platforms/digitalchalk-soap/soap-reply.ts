import { readXml, type XmlElement } from '../read-xml.ts';
import { namespace, type Operation } from './wsdl.ts';

export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** What came back, told apart by what it says and not by its HTTP status. */
export type SoapReply =
  | { readonly kind: 'answer'; readonly fields: ReadonlyMap<string, string> }
  /** `text` is the vendor's, uncut; it may repeat what was sent. */
  | { readonly kind: 'fault'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly problem: string };

/**
 * Reads a SOAP 1.1 reply, whatever its prefixes and the order of its fields. Strict about everything else: a cut, doubled or foreign
 * document is unreadable, and so is a field that stands twice.
 */
export function readReply(operation: Operation, text: string): SoapReply {
  try {
    return replyIn(operation, text);
  } catch (error) {
    return { kind: 'unreadable', problem: error instanceof Error ? error.message : 'the XML is not readable' };
  }
}

function replyIn(operation: Operation, text: string): SoapReply {
  const envelope = readXml(text);
  if (!is(envelope, soapNamespace, 'Envelope')) throw new Error('the XML is no SOAP 1.1 envelope');
  const bodies = envelope.children.filter((child) => is(child, soapNamespace, 'Body'));
  const contents = bodies.flatMap((body) => body.children);
  const [content] = contents;
  if (bodies.length !== 1 || content === undefined || contents.length > 1)
    throw new Error('the SOAP body has not exactly one element');
  if (is(content, soapNamespace, 'Fault')) return { kind: 'fault', text: faultText(content) };
  if (!is(content, namespace, `${operation}Response`)) throw new Error(`the SOAP body holds no ${operation}Response`);
  const fields = new Map(content.children.map((child) => [child.name, child.text]));
  if (fields.size !== content.children.length) throw new Error('a field of the reply stands twice');
  return { kind: 'answer', fields };
}

const is = (element: XmlElement, inNamespace: string, name: string): boolean =>
  element.namespace === inNamespace && element.name === name;

/** `faultstring` and, where there is one, `detail`: nobody knows which of them holds the specific message. */
function faultText(fault: XmlElement): string {
  const parts = ['faultstring', 'detail'].map((name) =>
    fault.children
      .filter((child) => child.name === name)
      .map(allText)
      .join(' ')
      .trim(),
  );
  return [...new Set(parts)].filter((part) => part !== '').join(': ');
}

const allText = (element: XmlElement): string =>
  [element.text, ...element.children.map(allText)]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');

/** An `xs:boolean`; `undefined` where it is none, which is neither yes nor no. */
export function readBoolean(text: string | undefined): boolean | undefined {
  const value = text?.trim();
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : undefined;
}
