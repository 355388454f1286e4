import { alphabets, type Encoding } from './encodings.ts';
import { separatorIn } from './signature-pattern.ts';
import { piecesOf, placeholdersOf } from './template.ts';

/** What the config says of a sender's signature, as far as its parts must fit together. */
interface Form {
  readonly pattern: string;
  readonly encoding: Encoding;
  readonly message: string;
  readonly timestampHeader?: string | undefined;
}

/** A rule that a generic HMAC form must keep, and the words for whoever wrote one that does not. */
export interface FormRule {
  readonly keeps: (form: Form) => boolean;
  readonly message: string;
}

const count = (template: string, name: string) => placeholdersOf(template).filter((found) => found === name).length;
const isHeader = ({ placeholder }: { readonly placeholder: string }) => placeholder.startsWith('header:');
const isTimed = ({ message }: Form) => count(message, 'timestamp') > 0;
const hasTimestamp = (form: Form) => count(form.pattern, 'timestamp') + (form.timestampHeader === undefined ? 0 : 1);

export const formRules: readonly FormRule[] = [
  {
    keeps: ({ pattern }) => count(pattern, 'signature') === 1 && count(pattern, 'timestamp') <= 1,
    message: 'pattern must hold {signature} once and {timestamp} at most once',
  },
  {
    keeps: ({ pattern }) => placeholdersOf(pattern).every((name) => name === 'signature' || name === 'timestamp'),
    message: 'pattern knows no placeholders but {signature} and {timestamp}',
  },
  {
    keeps: ({ pattern }) => !/\}\{/.test(pattern),
    message: 'pattern needs something between {timestamp} and {signature}',
  },
  {
    keeps: ({ pattern, encoding }) => !alphabets[encoding].test(separatorIn(pattern) ?? ''),
    message:
      'pattern has a character between {timestamp} and {signature} that the encoding uses, too: most signatures would be cut at it',
  },
  {
    keeps: ({ message }) => count(message, 'body') === 1 && count(message, 'timestamp') <= 1,
    message:
      'message must hold {body} once and {timestamp} at most once; a signature that does not cover the body proves nothing',
  },
  {
    keeps: ({ message }) =>
      placeholdersOf(message).every((name) => /^(?:body|timestamp|header:[!#$%&'*+.^_`|~\w-]+)$/.test(name)),
    message: 'message knows no placeholders but {body}, {timestamp} and {header:NAME}',
  },
  {
    keeps: ({ message }) =>
      piecesOf(message).every((piece, index, pieces) => {
        const next = pieces[index + 1];
        return next === undefined || 'literal' in next || 'literal' in piece || !(isHeader(piece) || isHeader(next));
      }),
    message:
      'message needs a text between {header:NAME} and the placeholder beside it: bytes could be moved from the one to the other under one signature',
  },
  {
    keeps: (form) => !isTimed(form) || hasTimestamp(form) === 1,
    message: 'message holds {timestamp}: say where it comes from, either in pattern or by timestampHeader',
  },
  {
    keeps: (form) => isTimed(form) || hasTimestamp(form) === 0,
    message:
      'there is a timestamp that message does not sign: anybody could make an old request new; put it into message or leave it out',
  },
];
