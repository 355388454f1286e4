/** No 0/O, 1/l/I: the learner may have to type it. */
const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const small = 'abcdefghijkmnopqrstuvwxyz';
const digits = '23456789';
const length = 20;

/** How many random bytes {@link makePassword} wants. */
export const passwordBytes = length * 4;

/**
 * A strong password: 20 characters of an alphabet of 57, about 111 bits, with a capital, a small letter and a digit for certain, as many servers
 * ask for (DigitalChalk REST v5, POST /users: a letter and a digit). Each attempt and run of a signup sets the same one, so that one which a
 * server refuses would be refused for ever.
 */
export function makePassword(random: Uint8Array): string {
  const pick = (alphabet: string, at: number): string =>
    // 32 bits against an alphabet of 57: the bias is below one in 70 million.
    alphabet.charAt(new DataView(random.buffer, random.byteOffset).getUint32(at * 4) % alphabet.length);
  const rest = Array.from({ length: length - 3 }, (_, index) => pick(capitals + small + digits, index + 3));
  return [pick(capitals, 0), pick(small, 1), ...rest, pick(digits, 2)].join('');
}
