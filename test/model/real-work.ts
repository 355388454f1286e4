/**
 * The core's only work outside JavaScript's own queue is WebCrypto's. In a model each of its results is held back until everything else is
 * idle, and then handed out in the order in which it was asked for: so virtual time never overtakes it, and threads change no schedule.
 */

interface Held {
  readonly settled: Promise<unknown>;
  readonly release: () => void;
}

const held: Held[] = [];
let running = 0;

const methods = [
  'encrypt',
  'decrypt',
  'importKey',
  'exportKey',
  'generateKey',
  'deriveBits',
  'wrapKey',
  'digest',
  'sign',
];

for (const name of methods) {
  const real: unknown = Reflect.get(crypto.subtle, name);
  if (typeof real !== 'function') throw new Error(`this Node has no crypto.subtle.${name}`);
  const value = (...given: unknown[]): Promise<unknown> => {
    const result: Promise<unknown> = Reflect.apply(real, crypto.subtle, given);
    return running === 0 ? result : hold(result);
  };
  Object.defineProperty(crypto.subtle, name, { value, configurable: true });
}

function hold(result: Promise<unknown>): Promise<unknown> {
  const settled = result.then(
    () => undefined,
    () => undefined,
  );
  return new Promise((resolve) => held.push({ settled, release: () => resolve(result) }));
}

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
