/**
 * Cuts the text of a JSON array into the texts of its entries, byte for byte: reading and writing them anew would change long numbers,
 * and with them what a sender has signed.
 *
 * @param text valid JSON whose first character is `[`
 */
export function splitJsonArray(text: string): string[] {
  const entries: string[] = [];
  let depth = 0;
  let start = 0;
  const take = (end: number) => {
    const entry = text.slice(start, end).trim();
    if (entry !== '') entries.push(entry);
    start = end + 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth === 1) start = at + 1;
    } else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth === 0) take(at);
    } else if (character === ',' && depth === 1) take(at);
  }
  return entries;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
