/** A filter that this server knows: one attribute's value. */
export interface SimulatedFilter {
  readonly attribute: 'userName' | 'externalId';
  readonly value: string;
}

/** Reads `userName eq "…"` or `externalId eq "…"`; the value is a JSON string (RFC 7644, 3.4.2.2). */
export function readFilter(filter: string): SimulatedFilter | undefined {
  const [, attribute = '', literal = ''] = /^(userName|externalId) eq (".*")$/i.exec(filter) ?? [];
  try {
    const value: unknown = JSON.parse(literal);
    if (typeof value !== 'string') return undefined;
    return { attribute: attribute.toLowerCase() === 'username' ? 'userName' : 'externalId', value };
  } catch {
    return undefined;
  }
}
