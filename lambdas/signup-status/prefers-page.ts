/**
 * Whether an `Accept` header (RFC 9110) would rather have a page than JSON. Without a preference it is JSON: programs often say that they
 * take anything, browsers always name `text/html`.
 */
export function prefersPage(accept = ''): boolean {
  const ranges = new Map(accept.split(',').map(readRange));
  const quality = (...names: string[]) =>
    names.map((name) => ranges.get(name)).find((value) => value !== undefined) ?? 0;
  return quality('text/html', 'text/*', '*/*') > quality('application/json', 'application/*', '*/*');
}

/** A media range and its quality, 0 to 1. */
function readRange(text: string): [string, number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [range, weight === undefined ? 1 : weightOf(weight)];
}

const weightOf = (text: string): number => (/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0);
