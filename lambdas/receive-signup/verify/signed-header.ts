/** What ids are made of. No comma (a header that came twice), no space, no brace. */
const id = /^[\w.:+-]{1,256}$/;

/**
 * Times as senders write them out, whole: none is the beginning of another, so that a separator may be in them. But not in their first characters,
 * which could be an id; what goes on from there is none.
 */
const times = [
  { shape: /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/, first: 'YYYY-MM-DDT'.length },
  { shape: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/, first: 'Sun,'.length },
];
const cutTime = /^\d{4}-\d\d-\d\dT/;

/**
 * Why a header's value can't stand in a signed message, if so. A message must have one reading only: where a value could as well end sooner or
 * later, bytes could be moved between it and the body, under the same signature.
 *
 * @param separator the text between the header and the body's side of the message
 * @param side on which side of the body the header stands
 * @returns words for the log, which repeat nothing of the value
 */
export function signedHeaderProblem(value: string, separator: string, side: 'before' | 'after'): string | undefined {
  const time = times.find(({ shape }) => shape.test(value));
  if (time === undefined && value.includes(',')) return 'came twice';
  if (time === undefined && (!id.test(value) || cutTime.test(value)))
    return 'is neither an id (letters, digits and . _ : + -) nor a time as ISO 8601 or HTTP write it out';
  const isPlain =
    side === 'before'
      ? `${value}${separator}`.indexOf(separator) >= (time?.first ?? value.length)
      : `${separator}${value}`.lastIndexOf(separator) === 0;
  return isPlain ? undefined : `holds ${JSON.stringify(separator)}, which separates it from the rest of what is signed`;
}
