import type { SimulatedReply } from '../simulator/exchange.ts';
import { escapeText } from '../xml-text.ts';
import { soapNamespace } from './soap-reply.ts';
import { namespace, type Operation } from './wsdl.ts';

/** A SOAP 1.1 fault: the local part of its code, and the specific message. */
export interface Fault {
  readonly kind: 'fault';
  readonly code: 'Client' | 'Server' | 'VersionMismatch' | 'MustUnderstand';
  readonly text: string;
}

export const clientFault = (text: string): Fault => ({ kind: 'fault', code: 'Client', text });

/** How the vendor may write what nobody has published; the values of the simulator's variants. */
export interface ReplyStyle {
  readonly prefixes: 'spring' | 'dotnet' | 'swapped';
  readonly fieldOrder: 'documented' | 'reversed';
  readonly faultStatus: '500' | '200';
  readonly faultText: 'faultstring' | 'detail' | 'echo';
}

/** The prefixes, with their colon, of the envelope and of the reply inside it. `swapped` uses each name for the other's namespace. */
const prefixes = {
  spring: { envelope: 'SOAP-ENV:', body: 'ns2:' },
  dotnet: { envelope: 'soap:', body: '' },
  swapped: { envelope: 'ns2:', body: 'SOAP-ENV:' },
} as const;

/** Writes a reply. @param fields in the documented order */
export function writeAnswer(
  operation: Operation,
  fields: Readonly<Record<string, string>>,
  style: ReplyStyle,
): SimulatedReply {
  const prefix = prefixes[style.prefixes].body;
  const entries = Object.entries(fields);
  const ordered = style.fieldOrder === 'reversed' ? entries.reverse() : entries;
  const elements = ordered.map(([name, value]) => `<${prefix}${name}>${escapeText(value)}</${prefix}${name}>`).join('');
  const root = `${prefix}${operation}Response`;
  return message(200, `<${root} ${declaration(prefix, namespace)}>${elements}</${root}>`, style);
}

/** Writes a fault. @param request what `echo` repeats in the fault, as a careless service would */
export function writeFault({ code, text }: Fault, style: ReplyStyle, request: string): SimulatedReply {
  const prefix = prefixes[style.prefixes].envelope;
  const said = style.faultText === 'echo' ? `${text}. The request was: ${request}` : text;
  const inDetail = style.faultText === 'detail';
  const detail = `<detail><reason xmlns="${namespace}">${escapeText(said)}</reason></detail>`;
  const parts =
    `<faultcode>${prefix}${code}</faultcode>` +
    `<faultstring xml:lang="en">${inDetail ? '' : escapeText(said)}</faultstring>${inDetail ? detail : ''}`;
  return message(Number(style.faultStatus), `<${prefix}Fault>${parts}</${prefix}Fault>`, style);
}

function message(status: number, content: string, style: ReplyStyle): SimulatedReply {
  const prefix = prefixes[style.prefixes].envelope;
  const envelope = `<${prefix}Envelope ${declaration(prefix, soapNamespace)}><${prefix}Body>${content}</${prefix}Body></${prefix}Envelope>`;
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>${envelope}`,
  };
}

const declaration = (prefix: string, uri: string): string =>
  prefix === '' ? `xmlns="${uri}"` : `xmlns:${prefix.slice(0, -1)}="${uri}"`;
