/**
 * What came is no event that this version of the library can read: it was not sent by Matriculate, or by a later major version. Let the
 * message go to the dead letter queue. The text names the place and never repeats a value.
 */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}
