import { readFileSync } from 'node:fs';
import { parseJson } from '../../lambdas/signups/json.ts';
import { splitJsonArray } from './split-json-array.ts';
import { ToolError } from './tool-error.ts';

/** A webhook's body as it is to be sent. */
export interface PayloadToSend {
  readonly body: Uint8Array;
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded';
}

/**
 * Reads FILE: one JSON payload (sent byte for byte), a JSON array of payloads, or a form's body. Without a file it is the sample.
 *
 * @throws ToolError where there is neither, or the file is not readable or empty, or the JSON is broken
 */
export function readDeliveries(file: string | undefined, sample: unknown): readonly PayloadToSend[] {
  if (file === undefined) {
    if (sample === undefined) throw new ToolError('this source has no sample; name a FILE that holds a payload');
    return [json(JSON.stringify(sample))];
  }
  const bytes = readBytes(file);
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text.trim() === '') throw new ToolError(`${file} is empty: nothing to send`);
  if (!/^[[{]/.test(text)) return [{ body: bytes, contentType: 'application/x-www-form-urlencoded' }];
  if (text.startsWith('{')) return [{ body: bytes, contentType: 'application/json' }];
  const parsed = parseJson(text);
  if (!parsed.ok) throw new ToolError(`${file}: ${parsed.message} (character ${parsed.position})`);
  const payloads = splitJsonArray(text);
  if (payloads.length === 0) throw new ToolError(`${file} holds an empty array: nothing to send`);
  return payloads.map(json);
}

const json = (text: string): PayloadToSend => ({ body: Buffer.from(text), contentType: 'application/json' });

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ToolError(`${file} can't be read: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}
