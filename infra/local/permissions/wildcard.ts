/**
 * Whether a text is what an IAM pattern stands for: `*` is any characters, `?` any one ("IAM JSON policy elements: Resource").
 * Takes at most pattern × text steps, whatever they hold.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let fromStar = 0;
  while (at < text.length) {
    const sign = pattern[inPattern];
    if (sign === '*') {
      star = inPattern++;
      fromStar = at;
    } else if (sign !== undefined && (sign === '?' || sign === text[at])) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      // The last star takes one character more.
      inPattern = star + 1;
      at = ++fromStar;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}

const arnParts = 6;

/** Whether an ARN is what a pattern stands for: a wildcard stays within its part, of which the last holds all that follows. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const texts = partsOf(arn);
  const patterns = partsOf(pattern);
  return patterns.length === texts.length && patterns.every((part, index) => matchesPattern(part, texts[index] ?? ''));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, arnParts - 1), parts.slice(arnParts - 1).join(':')];
}
