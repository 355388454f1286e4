import { piecesOf } from './template.ts';

/** What a message template's placeholders stand for. */
export interface MessageParts {
  readonly headers: ReadonlyMap<string, string>;
  readonly timestamp: string | undefined;
  readonly body: Uint8Array;
}

/** No comma (a header that came twice), no space, no brace: a header's end and the next part's beginning can't be taken for each other. */
const headerValue = /^[\w.:+-]{1,256}$/;

/**
 * Makes the builder of the bytes that are signed from their template, such as `v0:{timestamp}:{body}` or `{header:webhook-id}.{timestamp}.{body}`.
 * The body goes in as it came.
 *
 * @returns a builder; it gives the name of what is missing or can't stand in a message, where there is such a thing
 */
export function messageBuilder(template: string): (parts: MessageParts) => Uint8Array[] | { readonly problem: string } {
  const pieces = piecesOf(template);
  return ({ headers, timestamp, body }) => {
    const message: Uint8Array[] = [];
    for (const [index, piece] of pieces.entries()) {
      if ('literal' in piece) message.push(Buffer.from(piece.literal));
      else if (piece.placeholder === 'body') message.push(body);
      else if (piece.placeholder === 'timestamp') message.push(Buffer.from(timestamp ?? ''));
      else {
        const name = piece.placeholder.slice('header:'.length).toLowerCase();
        const value = headers.get(name);
        if (value === undefined || value === '') return { problem: `the header ${name} is missing` };
        const next = pieces[index + 1];
        const isAmbiguous = next !== undefined && 'literal' in next && value.includes(next.literal);
        if (isAmbiguous || !headerValue.test(value))
          return { problem: `the header ${name} came twice or holds what no id does` };
        message.push(Buffer.from(value));
      }
    }
    return message;
  };
}
