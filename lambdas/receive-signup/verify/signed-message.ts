import { signedHeaderProblem } from './signed-header.ts';
import { piecesOf } from './template.ts';

/** What a message template's placeholders stand for. */
export interface MessageParts {
  readonly headers: ReadonlyMap<string, string>;
  readonly timestamp: string | undefined;
  readonly body: Uint8Array;
}

/**
 * Makes the builder of the bytes that are signed from their template, such as `v0:{timestamp}:{body}` or `{header:webhook-id}.{timestamp}.{body}`.
 * The body goes in as it came.
 *
 * @returns a builder; it gives the name of what is missing or can't stand in a message, where there is such a thing
 */
export function messageBuilder(template: string): (parts: MessageParts) => Uint8Array[] | { readonly problem: string } {
  const pieces = piecesOf(template);
  const bodyAt = pieces.findIndex((piece) => 'placeholder' in piece && piece.placeholder === 'body');
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
        const side = index < bodyAt ? 'before' : 'after';
        const neighbour = pieces[side === 'before' ? index + 1 : index - 1];
        const separator = neighbour !== undefined && 'literal' in neighbour ? neighbour.literal : '';
        const problem = signedHeaderProblem(value, separator, side);
        if (problem !== undefined) return { problem: `the header ${name} ${problem}` };
        message.push(Buffer.from(value));
      }
    }
    return message;
  };
}
