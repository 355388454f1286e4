/** No 0/O, 1/l/I: the learner may have to type it. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const digits = '23456789';
const length = 20;

/** How many random bytes {@link makePassword} wants. */
export const passwordBytes = length * 4;

/**
 * A strong password: 20 characters of an alphabet of 57, about 116 bits, with at least one letter and one digit
 * (DigitalChalk REST v5, POST /users, asks for both).
 */
export function makePassword(random: Uint8Array): string {
  const pick = (alphabet: string, at: number): string =>
    // 32 bits against an alphabet of 57: the bias is below one in 70 million.
    alphabet.charAt(new DataView(random.buffer, random.byteOffset).getUint32(at * 4) % alphabet.length);
  const rest = Array.from({ length: length - 2 }, (_, index) => pick(letters + digits, index + 2));
  return [pick(letters, 0), ...rest, pick(digits, 1)].join('');
}
