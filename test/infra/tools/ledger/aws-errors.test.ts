import { expect, it } from 'vitest';
import { inWordsOfAws } from '../../../../infra/tools/ledger/aws-errors.ts';
import { ToolError } from '../../../../infra/tools/tool-error.ts';

const failing = (error: Error) => inWordsOfAws('prod', () => Promise.reject(error));
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

it.each([
  [named('CredentialsProviderError', 'none'), /no AWS credentials.*AWS_PROFILE/],
  [named('ExpiredTokenException', 'expired'), /log in again/],
  [named('AccessDeniedException', 'User x is not authorized'), /not allowed to do that: User x/],
  [named('ResourceNotFoundException', 'no table'), /is it deployed/],
  [named('QueueDoesNotExist', 'no queue'), /is it deployed/],
  [new Error('Region is missing'), /AWS_REGION/],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), /can't be reached/],
])('%s becomes a sentence', async (error, words) => {
  await expect(failing(error)).rejects.toThrow(words);
  await expect(failing(error)).rejects.toBeInstanceOf(ToolError);
});

it('keeps what is a mistake of ours as it is', async () => {
  const error = new RangeError('ours');
  await expect(failing(error)).rejects.toBe(error);
});
