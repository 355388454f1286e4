/**
 * Stands in the bundles for `is-unsafe` (18 KB), by which fast-xml-parser judges the entities that a DOCTYPE declares. `readXml` refuses every
 * DOCTYPE before it parses; should one ever get through, none of its entities is safe.
 */
export const isUnsafe = (): boolean => true;
export const HTML = 'HTML';
export const XML = 'XML';
