import { readXml, type XmlElement } from '../read-xml.ts';
import type { SimulatedRequest } from '../simulator/exchange.ts';
import { replyText } from '../vendor-text.ts';
import { clientFault, type Fault } from './simulated-reply.ts';
import { soapNamespace } from './soap-reply.ts';

export interface Payload {
  readonly kind: 'payload';
  readonly element: XmlElement;
}

/** A request's root element inside the SOAP body, or what is wrong with the message around it (SOAP 1.1, 4). */
export function payloadOf(request: SimulatedRequest): Payload | Fault {
  const document = documentOf(request);
  if (document.kind === 'fault') return document;
  const envelope = document.element;
  if (envelope.name !== 'Envelope') return clientFault('The message is no SOAP envelope');
  if (envelope.namespace !== soapNamespace)
    return { kind: 'fault', code: 'VersionMismatch', text: 'Only SOAP 1.1 is spoken here' };
  const parts = envelope.children.filter((child) => child.namespace === soapNamespace);
  if (parts.find((part) => part.name === 'Header')?.children.some(mustBeUnderstood))
    return { kind: 'fault', code: 'MustUnderstand', text: 'A SOAP header is not understood' };
  const [payload, ...others] = parts.filter((part) => part.name === 'Body').flatMap((body) => body.children);
  if (payload === undefined || others.length > 0) return clientFault('The SOAP body must hold exactly one element');
  return { kind: 'payload', element: payload };
}

function documentOf(request: SimulatedRequest): Payload | Fault {
  const contentType = request.headers['content-type'] ?? '';
  if (!/^text\/xml\s*(;|$)/i.test(contentType)) return clientFault('The content type of SOAP 1.1 is text/xml');
  const text = replyText(contentType, request.body);
  if (text === null) return clientFault('The bytes are not in the charset that is told');
  try {
    return { kind: 'payload', element: readXml(text) };
  } catch {
    return clientFault('The message is not well-formed XML');
  }
}

const mustBeUnderstood = (header: XmlElement): boolean =>
  Object.entries(header.attributes).some(([name, value]) => name.endsWith(':mustUnderstand') && value === '1');
