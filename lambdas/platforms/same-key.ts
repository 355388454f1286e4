/** Whether two texts are the same person key. */
export const isSameKey = (one: string, other: string): boolean => normalKey(one) === normalKey(other);

/** A person key as it is compared everywhere in this project: NFC, trimmed and lower-cased. */
export const normalKey = (key: string): string => key.normalize('NFC').trim().toLowerCase();
