/**
 * The id of what was made: the last segment of `Location` (DigitalChalk API v5: `/dc/api/v5/users/65ade781…`, a path of the API's
 * host). `undefined` where there is none, such as in the address of the collection.
 *
 * @param collection the segment before the id, such as `users`
 */
export function locationId(location: string | null, collection: string): string | undefined {
  const segments = (location ?? '').split(/[?#]/, 1)[0]?.replace(/\/+$/, '').split('/') ?? [];
  const id = segments.at(-1) ?? '';
  const isOfCollection = segments.at(-2)?.toLowerCase() === collection;
  return isOfCollection && /^[\w.~-]{1,200}$/.test(id) ? id : undefined;
}
