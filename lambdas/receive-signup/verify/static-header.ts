import { anyEqualSecret } from './constant-time.ts';
import { readKey } from './keys.ts';
import { refused, type Verifier } from './verifier.ts';

/** For senders that can't sign: the key itself in a header. It proves who sent, not what: whoever sees one request can send others. */
export function staticHeader(header: string): Verifier {
  const name = header.toLowerCase();
  return {
    readKey: (text) => readKey(text, 'text'),
    inspect: ({ headers }) => {
      const value = headers.get(name);
      if (value === undefined || value === '') return refused('missing', `the header ${name} is missing`);
      return { kind: 'signed', matches: (keys) => anyEqualSecret(keys, Buffer.from(value)) };
    },
  };
}
