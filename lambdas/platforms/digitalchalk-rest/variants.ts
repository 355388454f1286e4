import type { Variants } from '../simulator/variants.ts';

/** Everything that the documentation of DigitalChalk's API v5 leaves open, as switches of the simulator; the default first. */
export const digitalChalkRestVariants = {
  /** Older pages and the vendor's plugin, and a page of 2024. */
  base: ['/dc/api/v5', '/api/v5'],
  /** What a 400 has in it; `bare` has nothing. */
  errors: ['both', 'errors', 'field-errors', 'bare'],
  /** How `Location` is written: documented as a path of the host. */
  location: ['path', 'below-base', 'absolute'],
  /** How the link to the page before is called: in the pages, and in the vendor's client. */
  pageBefore: ['prev', 'previous'],
  /** "Fields with no value set are omitted", `next` and `prev` included. */
  noValue: ['omitted', 'null'],
  /** `ignored`: the organisation does not use usernames. */
  usernames: ['kept', 'ignored'],
  /** Whether an offering can be taken again while a registration for it is active. */
  retakes: ['refused', 'allowed'],
} as const satisfies Variants;
