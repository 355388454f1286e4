import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * The core's only work outside JavaScript's own queue is WebCrypto's. In a model AES-GCM (nearly all of it) is computed at once, and every
 * other result is held back until all else is idle and handed out in the order in which it was asked for: so virtual time never overtakes
 * real work, and threads change no schedule.
 */

interface Held {
  readonly settled: Promise<unknown>;
  readonly release: () => void;
}

const held: Held[] = [];
const rawKeys = new WeakMap<object, Uint8Array>();
let running = 0;

const slow = ['generateKey', 'deriveBits', 'wrapKey', 'digest', 'exportKey'] as const;

for (const name of slow) replace(name, (real) => (running === 0 ? real() : hold(real())));
replace('importKey', (real, given) => {
  const [format, bytes] = given;
  if (running === 0) return real();
  if (format !== 'raw' || !(bytes instanceof Uint8Array)) return hold(real());
  return real().then((key) => {
    if (key instanceof CryptoKey) rawKeys.set(key, bytes);
    return key;
  });
});
replace('encrypt', (real, [algorithm, key, data]) => {
  const gcm = running === 0 ? undefined : readGcm(algorithm, key, data);
  return gcm === undefined ? real() : Promise.resolve(seal(gcm));
});
replace('decrypt', (real, [algorithm, key, data]) => {
  const gcm = running === 0 ? undefined : readGcm(algorithm, key, data);
  return gcm === undefined ? real() : new Promise((resolve) => resolve(open(gcm)));
});

type Method = (typeof slow)[number] | 'importKey' | 'encrypt' | 'decrypt';

/** Puts a function in the place of one of WebCrypto's; `real` calls it as it was asked for. */
function replace(name: Method, instead: (real: () => Promise<unknown>, given: unknown[]) => Promise<unknown>): void {
  const found: unknown = Reflect.get(crypto.subtle, name);
  if (typeof found !== 'function') throw new Error(`this Node has no crypto.subtle.${name}`);
  const value = (...given: unknown[]) => instead(() => Reflect.apply(found, crypto.subtle, given), given);
  Object.defineProperty(crypto.subtle, name, { value, configurable: true });
}

function hold(result: Promise<unknown>): Promise<unknown> {
  const settled = result.then(
    () => undefined,
    () => undefined,
  );
  return new Promise((resolve) => held.push({ settled, release: () => resolve(result) }));
}

interface Gcm {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly additional: Uint8Array;
  readonly data: Uint8Array;
}

const tagBytes = 16;

function readGcm(algorithm: unknown, key: unknown, data: unknown): Gcm | undefined {
  if (typeof algorithm !== 'object' || algorithm === null || !('iv' in algorithm)) return undefined;
  if (!(algorithm.iv instanceof Uint8Array) || !(data instanceof Uint8Array) || !(key instanceof CryptoKey))
    return undefined;
  const raw = rawKeys.get(key);
  if (raw === undefined) return undefined;
  const given = 'additionalData' in algorithm ? algorithm.additionalData : undefined;
  const additional = given instanceof Uint8Array ? given : new Uint8Array();
  return { key: raw, iv: algorithm.iv, additional, data };
}

function seal({ key, iv, additional, data }: Gcm): ArrayBuffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(additional);
  return bytes([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

function open({ key, iv, additional, data }: Gcm): ArrayBuffer {
  const end = data.byteLength - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(additional).setAuthTag(data.subarray(end));
  return bytes([decipher.update(data.subarray(0, end)), decipher.final()]);
}

const bytes = (parts: Uint8Array[]): ArrayBuffer => new Uint8Array(Buffer.concat(parts)).buffer;

/** Holds WebCrypto's results back for as long as `model` runs. One model at a time. */
export async function withHeldCrypto<T>(model: () => Promise<T>): Promise<T> {
  if (running > 0) throw new Error('one model at a time');
  running++;
  try {
    return await model();
  } finally {
    running--;
    for (const each of held.splice(0)) each.release();
  }
}

/** Resolves when nothing is left to compute before time goes on. */
export async function idle(): Promise<void> {
  await immediate();
  for (let next = held.shift(); next !== undefined; next = held.shift()) {
    await next.settled;
    next.release();
    await immediate();
  }
}

const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
