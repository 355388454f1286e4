/** What JSONata's `$boolean` makes of a value: nothing, `0`, `""`, `{}`, and lists without a single true entry are false. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 1 ? isTruthy(value[0]) : value.some(isTruthy);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
