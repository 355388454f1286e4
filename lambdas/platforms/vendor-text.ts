const declaration = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/;

/**
 * A reply's text, by its byte order mark, its Content-Type, its XML declaration, or as UTF-8, in this order. An XML declaration that
 * says UTF-16 and can be read as ASCII is wrong (.NET writes such), and means UTF-8.
 *
 * @returns `null` where the bytes are not in that charset: guessing would turn a learner's name or password into another
 */
export function replyText(contentType: string | null, body: Uint8Array): string | null {
  const label = markOf(body) ?? charsetOf(contentType) ?? declaredIn(body) ?? 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function markOf(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.subarray(0, 3)).toString('hex');
  if (start === 'efbbbf') return 'utf-8';
  if (start.startsWith('feff')) return 'utf-16be';
  return start.startsWith('fffe') ? 'utf-16le' : undefined;
}

const charsetOf = (contentType: string | null): string | undefined =>
  /;\s*charset\s*=\s*"?([\w.:-]{1,40})"?/i.exec(contentType ?? '')?.[1];

function declaredIn(body: Uint8Array): string | undefined {
  const charset = declaration.exec(Buffer.from(body.subarray(0, 300)).toString('latin1'))?.[1];
  return charset !== undefined && /^(utf-?16|ucs-?2|iso-10646)/i.test(charset) ? 'utf-8' : charset;
}
