import type { Variants } from '../simulator/variants.ts';

/** What SCIM servers do differently within RFC 7643 and RFC 7644, and a little beside them, as switches of the simulator; the default first. */
export const scimVariants = {
  /** How a user that is there is refused: as RFC 7644, 3.3 has it, or otherwise. */
  conflict: ['uniqueness', 'bare-409', '400'],
  /** Whether an initial password is set, left out in silence, or refused as an attribute that is not there. */
  password: ['set', 'ignored', 'refused'],
  /** Whether attributes that are not required are stored. */
  optional: ['stored', 'dropped'],
  /** Whether the server makes a name of its own of `userName`. */
  userName: ['kept', 'rewritten'],
  externalId: ['kept', 'dropped'],
  /** Whether `filter` is looked at. */
  filter: ['applied', 'ignored'],
  /** Whether a filter compares `userName` in any case, as RFC 7643, 4.1.1 has it ("caseExact" is false), or by its spelling, as SCIMMY does. */
  filterCase: ['any', 'exact'],
  /** Whether there is a filter by `externalId`. */
  filterByExternalId: ['known', 'unknown'],
  /** RFC 7644, 3.4.2: `Resources` may be left out where there are none. */
  noResults: ['empty-list', 'left-out'],
  mediaType: ['scim', 'json'],
  newUsers: ['active', 'inactive'],
} as const satisfies Variants;
