/** The value of `userName eq "…"`, the one filter that this server knows; the value is a JSON string (RFC 7644, 3.4.2.2). */
export function filteredUserName(filter: string): string | undefined {
  const value = /^userName eq (".*")$/i.exec(filter)?.[1];
  if (value === undefined) return undefined;
  try {
    const text: unknown = JSON.parse(value);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
