import { InvalidEventError } from './invalid-event-error.ts';

/** Reads a value of unknown shape. @throws InvalidEventError that names the path */
export type Reader<T> = (value: unknown, path: string) => T;

export const text: Reader<string> = (value, path) => {
  if (typeof value !== 'string') throw wrong(path, 'a text');
  return value;
};

export const count: Reader<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw wrong(path, 'a count');
  return value;
};

export const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false');
  return value;
};

export const oneOf =
  <const T extends string>(...allowed: readonly T[]): Reader<T> =>
  (value, path) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw wrong(path, `one of ${allowed.join(', ')}`);
    return found;
  };

export const matching =
  (pattern: RegExp, what: string): Reader<string> =>
  (value, path) => {
    if (!pattern.test(text(value, path))) throw wrong(path, what);
    return text(value, path);
  };

export const nullable =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value, path) =>
    value === null ? null : read(value, path);

export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw wrong(path, 'a list');
    return value.map((item, index) => read(item, `${path}[${index}]`));
  };

export const record: Reader<Readonly<Record<string, unknown>>> = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object');
  return Object.fromEntries(Object.entries(value));
};

/** Reads the fields of an object one by one; those that nobody asks for are let be. */
export type Fields = <T>(key: string, read: Reader<T>) => T;

export const object =
  <T>(build: (field: Fields) => T): Reader<T> =>
  (value, path) => {
    const fields = record(value, path);
    return build((key, read) => read(fields[key], path === '' ? key : `${path}.${key}`));
  };

const wrong = (path: string, wanted: string): InvalidEventError =>
  new InvalidEventError(`${path === '' ? 'the message' : path} must be ${wanted}`);
