import { parseForm } from './form.ts';
import { type Numbers, type ParsedText, parseJson } from './json.ts';

/** The same as receive-signup's: nothing larger was ever accepted. */
export const payloadLimitBytes = 64 * 1024;

/**
 * Turns a webhook's raw bytes into what mappings are written over.
 *
 * @param contentType the request's media type; parameters are ignored. Without one, or as `text/plain`, the body is taken for JSON:
 *   many senders can't set it.
 * @param numbers what numbers in JSON become; a form has text only
 * @returns the payload, or what is wrong and where, without a piece of the body: it may hold a password
 */
export function parsePayload(body: Uint8Array, contentType: string, numbers: Numbers = 'values'): ParsedText {
  if (body.byteLength > payloadLimitBytes)
    return { ok: false, message: `is larger than ${payloadLimitBytes} bytes`, position: payloadLimitBytes };
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/x-www-form-urlencoded') return parseForm(body);
  if (!isJson(mediaType)) return { ok: false, message: 'is neither JSON nor a form by its content type', position: 1 };
  const text = decodeUtf8(body);
  return text === undefined ? { ok: false, message: 'is not UTF-8', position: 1 } : parseJson(text, numbers);
}

const isJson = (mediaType: string) =>
  mediaType === '' ||
  mediaType === 'text/plain' ||
  mediaType === 'application/octet-stream' ||
  mediaType === 'application/json' ||
  mediaType === 'text/json' ||
  mediaType.endsWith('+json');

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
