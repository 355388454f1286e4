import { describe, expect, it } from 'vitest';
import { sign, signatureOf, timestampOf } from '../../../lambdas/platforms/digitalchalk-soap/signature.ts';

const secretKey = 'dc-secret-0123456789abcdef';
const time = '2026-01-15T10:20:30Z';

describe('the signature', () => {
  it.each([
    ['createUser', 'BnLevZ0np+xRVzhOCUveH9xc+zQ='],
    ['doesUserExist', '70BfqUnXXb7D5oS5VmS+2zrrfrU='],
    ['registerUser', 'qAW1H4sfUf5xZ+iGdxO09NchB8c='],
    ['createAndRegisterUser', 'HRmkaCYqTDbFK4JH3E1NcmBk7jA='],
  ] as const)('of %s matches the published vector', (operation, signature) => {
    expect(signatureOf(secretKey, operation, time)).toBe(signature);
  });

  it('takes the time at which it is made, without milliseconds', () => {
    expect(timestampOf(Date.parse('2026-01-15T10:20:30.999Z'))).toBe(time);
    expect(sign({ accessKey: 'key', secretKey }, 'createUser', Date.parse(time) + 999)).toEqual({
      accessKey: 'key',
      timestamp: time,
      signature: 'BnLevZ0np+xRVzhOCUveH9xc+zQ=',
    });
  });

  it('takes a secret that looks like hexadecimal as text', () => {
    expect(signatureOf('00ff', 'createUser', time)).not.toBe(signatureOf('00FF', 'createUser', time));
  });
});
