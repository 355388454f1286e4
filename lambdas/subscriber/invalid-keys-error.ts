/** What should have been a recipient's private keys is something else. */
export class InvalidKeysError extends Error {
  override readonly name = 'InvalidKeysError';
}
