import { readXml, type XmlElement } from '../read-xml.ts';
import type { AnsweredReply } from '../vendor-http.ts';
import { replyText } from '../vendor-text.ts';
import { type ElectaFields, fieldsOf } from './fields.ts';
import type { ElectaReplyNames } from './settings.ts';

/** What a reply says, before its meaning for a call is judged. */
export type ElectaReply =
  /** A document without an error. `coded`: the vendor's own zero was in it. */
  | { readonly kind: 'document'; readonly coded: boolean; readonly fields: ElectaFields }
  | ElectaRefusal
  | { readonly kind: 'unreadable'; readonly message: string };

/** "The result is the error code" (Electa API 3.0, User/Create): in an envelope, with a text, or bare. */
export interface ElectaRefusal {
  readonly kind: 'refused';
  readonly code: string;
  /** The vendor's words as they came, possibly none. */
  readonly text: string;
}

const unreadable = (message: string): ElectaReply => ({ kind: 'unreadable', message });

/** Neither the vendor's zero nor an error's code. */
const zeroLike = /^([+-]?0+|ok|success|true|done)$/i;
const bareCode = /^\s*([+-]?\d{1,9})\s*$/;

/** Reads a reply by the names that the settings give, leniently in spelling and strictly in form: exactly one well-formed document. */
export function readReply(reply: AnsweredReply, names: ElectaReplyNames): ElectaReply {
  const text = replyText(reply.headers.get('content-type'), reply.body);
  if (text === null) return unreadable('the reply is not in the charset that it is said to be in');
  if (text.trim() === '') return unreadable('the reply is empty');
  const bare = bareCode.exec(text)?.[1];
  if (bare !== undefined) return codeAlone(bare);
  let root: XmlElement;
  try {
    root = readXml(text);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : 'the XML is not well-formed');
  }
  const alone = root.children.length === 0 ? bareCode.exec(root.text)?.[1] : undefined;
  return alone === undefined ? byCode(fieldsOf(root, names)) : codeAlone(alone);
}

/** A zero alone says nothing of an account. */
const codeAlone = (code: string): ElectaReply =>
  zeroLike.test(code) ? unreadable('the reply is a bare zero') : { kind: 'refused', code, text: '' };

function byCode(fields: ElectaFields): ElectaReply {
  const codes = fields.all('code').map((code) => code.trim());
  const [code] = codes;
  if (code === undefined) return { kind: 'document', coded: false, fields };
  if (codes.length > 1) return unreadable('the reply has two codes that differ');
  if (code === '0') return { kind: 'document', coded: true, fields };
  if (zeroLike.test(code) || code.length > 40) return unreadable('the reply has a code that can not be read');
  return { kind: 'refused', code, text: fields.all('text').join(' ') };
}
