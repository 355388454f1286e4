import { anyEqualSecret } from './constant-time.ts';
import { decodeBase64 } from './encodings.ts';
import { readKey } from './keys.ts';
import { refused, type Verifier } from './verifier.ts';

const credentials = /^basic ([A-Za-z0-9+/]+={0,2})$/i;

/** For senders that can't sign: Basic credentials (RFC 7617), with `user:password` as the key. */
export const basic: Verifier = {
  readKey: (text) =>
    /^[^:]+:.+$/s.test(text) ? readKey(text, 'text') : { problem: 'is not user:password, or has an empty half' },
  inspect: ({ headers }) => {
    const value = headers.get('authorization');
    if (value === undefined || value === '') return refused('missing', 'the header authorization is missing');
    const given = decodeBase64(credentials.exec(value)?.[1] ?? '');
    if (given === undefined || given.byteLength === 0)
      return refused('malformed', 'the header authorization does not hold Basic credentials, or came twice');
    return { kind: 'signed', matches: (keys) => anyEqualSecret(keys, given) };
  },
};
