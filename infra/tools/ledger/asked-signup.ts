import { stagesIn } from '../../config.ts';
import { ToolError } from '../tool-error.ts';
import type { ReachedStage } from './reached-stage.ts';

/** How somebody names a signup. */
export type AskedSignup =
  | { readonly kind: 'id'; readonly signupId: string }
  /** The sender's own number for it, such as the shop's order. */
  | { readonly kind: 'reference'; readonly source: string; readonly reference: string }
  | { readonly kind: 'email'; readonly email: string };

/** Such as `shop.8fk2…`, with 22 characters after the dot. */
const signupId = /^[a-z][a-z0-9-]*\.[\w-]{22}$/;

/** @throws ToolError saying what can be asked for */
export function readAskedSignup(word: string, { sources }: Pick<ReachedStage, 'sources'>): AskedSignup {
  if (signupId.test(word)) return { kind: 'id', signupId: word };
  const slash = word.indexOf('/');
  const source = word.slice(0, Math.max(slash, 0));
  if (Object.hasOwn(sources, source) && slash < word.length - 1)
    return { kind: 'reference', source, reference: word.slice(slash + 1) };
  if (/^[^\s@]+@[^\s@]+$/.test(word)) return { kind: 'email', email: word };
  const ids = Object.keys(sources).join(', ');
  throw new ToolError(
    `${JSON.stringify(word)} is no signup's id (such as shop.8fk2…), no e-mail address, and no SOURCE/REFERENCE; the sources are ${ids}. A stage would come first; there are ${stagesIn().join(', ')}.`,
  );
}

/** For people, after "signup". */
export function nameAsked(asked: AskedSignup): string {
  switch (asked.kind) {
    case 'id':
      return asked.signupId;
    case 'reference':
      return `${asked.source}/${asked.reference}`;
    case 'email':
      return `of ${asked.email}`;
  }
}
