/** Whether two texts are the same person key: compared NFC, trimmed and lower-cased, as everywhere in this project. */
export const isSameKey = (one: string, other: string): boolean => normal(one) === normal(other);

const normal = (key: string): string => key.normalize('NFC').trim().toLowerCase();
