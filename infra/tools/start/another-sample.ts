/**
 * A sample payload as another person's signup: another address wherever the first one stands, and other values wherever the dedupe key
 * points, so that it is no redelivery.
 *
 * @param email the sample's
 * @param pointers JSON Pointers (RFC 6901) of the source's dedupe key
 */
export function anotherSample(sample: unknown, email: string, pointers: readonly string[]): unknown {
  const elsewhere = new Set(pointers);
  const change = (value: unknown, pointer: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => change(item, `${pointer}/${index}`));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, change(item, `${pointer}/${escapeToken(key)}`)]),
      );
    if (typeof value === 'string' && value.toLowerCase() === email.toLowerCase()) return value.replace('@', '+2@');
    if (!elsewhere.has(pointer)) return value;
    return typeof value === 'number' ? value + 1 : `${value}-2`;
  };
  return change(sample, '');
}

const escapeToken = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
