/** A piece of a template: text as it stands, or a placeholder's name. */
export type Piece = { readonly literal: string } | { readonly placeholder: string };

/** Cuts `v0:{timestamp}:{body}` into its pieces. */
export function piecesOf(template: string): Piece[] {
  return template
    .split(/(\{[^{}]*\})/)
    .filter((text) => text !== '')
    .map((text) =>
      text.startsWith('{') && text.endsWith('}') ? { placeholder: text.slice(1, -1) } : { literal: text },
    );
}

/** The names of a template's placeholders, in order. */
export const placeholdersOf = (template: string): string[] =>
  piecesOf(template).flatMap((piece) => ('placeholder' in piece ? [piece.placeholder] : []));
