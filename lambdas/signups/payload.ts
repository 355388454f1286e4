import { parseForm } from './form.ts';
import { type Numbers, type ParsedText, parseJson } from './json.ts';

/** The same as receive-signup's: nothing larger was ever accepted. */
export const payloadLimitBytes = 64 * 1024;

/** After white space and a byte order mark, as Latin-1 shows it. */
const jsonStart = /^(?:\u00ef\u00bb\u00bf)?[\t\n\r ]*[{[]/;
/** Whether a body is JSON, by its first sign. What is none can be a form. */
export const isJson = (body: Uint8Array): boolean => jsonStart.test(Buffer.from(body).toString('latin1'));

/** A name, as far as senders write one, and its equals sign. No XML, no part of a multipart body and no sentence begins so. */
const formStart = /^[^\t\n\r "<>=]*=/;

/**
 * Turns a webhook's raw bytes into what mappings are written over. The bytes alone say what they are: senders sign them, and not the content
 * type, so whoever replays a delivery under another one gets the same payload.
 *
 * @param numbers what numbers in JSON become; a form has text only
 * @returns the payload, or what is wrong and where, without a piece of the body: it may hold a password
 */
export function parsePayload(body: Uint8Array, numbers: Numbers = 'values'): ParsedText {
  if (body.byteLength > payloadLimitBytes)
    return { ok: false, message: `is larger than ${payloadLimitBytes} bytes`, position: payloadLimitBytes };
  if (isJson(body)) {
    const text = decodeUtf8(body);
    return text === undefined ? { ok: false, message: 'is not UTF-8', position: 1 } : parseJson(text, numbers);
  }
  if (formStart.test(Buffer.from(body).toString('latin1'))) return parseForm(body);
  return {
    ok: false,
    message: 'is neither JSON, which begins with { or [, nor a form, which begins with a name and =',
    position: 1,
  };
}

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
