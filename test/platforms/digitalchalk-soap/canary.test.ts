import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../../lambdas/platforms/digitalchalk-soap/signature.ts';
import { simulator } from '../../../lambdas/platforms/digitalchalk-soap/simulator.ts';
import { writeRequest } from '../../../lambdas/platforms/digitalchalk-soap/soap-request.ts';
import { type Weather, weathers } from '../../../lambdas/platforms/platform-simulator.ts';
import { escapeText } from '../../../lambdas/platforms/xml-text.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { connectTo, opened, startSimulated } from './simulated.ts';

const now = () => Date.parse('2026-01-15T10:20:30Z');
const secret = { accessKey: 'zq8f2d-access', secretKey: 'zq8f2d-secret' };
const wrongSecret = { ...secret, secretKey: 'zq8f2d-wrong' };
const password = 'zq8f2d-"p&<w>\'d-ä';
const signatures = [secret, wrongSecret].flatMap(({ secretKey }) =>
  (['createUser', 'doesUserExist'] as const).map((operation) =>
    signatureOf(secretKey, operation, '2026-01-15T10:20:30Z'),
  ),
);
const canaries = ['zq8f2d', password, ...signatures].flatMap((text) => [
  text,
  escapeText(text),
  encodeURIComponent(text),
]);

/** Everything that a log, an event or a person could see of an outcome. */
function everythingSeenOf(outcome: unknown): string {
  const shown = [inspect(outcome, { depth: null, showHidden: true }), JSON.stringify(outcome), String(outcome)];
  if (outcome instanceof Error)
    shown.push(outcome.message, outcome.stack ?? '', inspect(outcome.cause, { depth: null }));
  return shown.join('\n');
}

interface Situation {
  readonly variants?: Readonly<Record<string, string>>;
  readonly used?: typeof secret;
  readonly email?: string;
  readonly isThere?: boolean;
  readonly weather?: Weather;
}

/** What comes of createAccount and lookUp, thrown errors included. */
async function outcomesIn({ variants = {}, used = secret, email = 'ada@example.com', isThere, weather }: Situation) {
  const running = await startSimulated({ variants, now, secret });
  const signup = signupWith({ email });
  if (isThere) await opened(connectTo(running, {}, now), secret).createAccount(callWith(signup));
  const account = opened(connectTo(running, {}, now), used);
  const outcomes: unknown[] = [];
  for (const operation of ['createUser', 'doesUserExist'] as const) {
    if (weather) running.arm({ weather, operation, ms: 3000 });
    const call = callWith(signup, password, weather === 'slow' ? 150 : 5000);
    const asked = operation === 'createUser' ? account.createAccount(call) : account.lookUp?.(call);
    outcomes.push(await asked?.catch((error: unknown) => error));
    await running.calm();
  }
  return { outcomes, counts: running.counts() };
}

const secretsSeenIn = (outcomes: readonly unknown[]) => {
  const seen = outcomes.map(everythingSeenOf).join('\n');
  return canaries.filter((canary) => seen.includes(canary));
};

const faults: [string, Situation][] = [
  ['a user that exists', { isThere: true }],
  ['a user that is refused', { email: 'ada@example.invalid' }],
  ['a wrong secret', { used: wrongSecret }],
];
const styles = (simulator.variants.faultText ?? []).flatMap((faultText) =>
  (simulator.variants.faultStatus ?? []).map((faultStatus) => ({ faultText, faultStatus })),
);

describe('no password, key or signature', () => {
  it.each(faults.flatMap(([title, situation]) => styles.map((variants) => ({ title, variants, situation }))))(
    'is in what comes of $title, the fault told as $variants',
    async ({ situation, variants }) => {
      const { outcomes } = await outcomesIn({ ...situation, variants });
      expect(outcomes.filter((outcome) => outcome instanceof Error)).toEqual([]);
      expect(secretsSeenIn(outcomes)).toEqual([]);
    },
  );

  it('is there in part, where one is short enough to be found within another', async () => {
    const running = await startSimulated({ variants: { faultText: 'echo' }, now, secret });
    const account = opened(connectTo(running, {}, now), wrongSecret);
    const seen = everythingSeenOf(await account.createAccount(callWith(signupWith(), '=')));
    const fragments = signatures.flatMap((signature) => [signature.slice(0, 12), signature.slice(-12)]);
    expect(fragments.filter((fragment) => seen.includes(fragment))).toEqual([]);
  });

  it.each(weathers)('is in what comes of the weather "%s"', async (weather) => {
    const { outcomes, counts } = await outcomesIn({ weather, isThere: true, variants: { faultText: 'echo' } });
    expect(counts[`weather:${weather}`]).toBeGreaterThan(0);
    expect(outcomes.filter((outcome) => outcome instanceof Error)).toEqual([]);
    expect(secretsSeenIn(outcomes)).toEqual([]);
  });

  it('is in the error for a field that is no text', () => {
    const fields = { username: JSON.parse('{"$xml":"zq8f2d"}') };
    const auth = { accessKey: 'zq8f2d', timestamp: '', signature: 'zq8f2d' };
    let thrown: unknown;
    try {
      writeRequest('doesUserExist', auth, fields);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Error);
    expect(secretsSeenIn([thrown])).toEqual([]);
  });

  it('would be overlooked here, were it in an error like those of node-soap', () => {
    const error = Object.assign(new Error('Server error'), { config: { data: `<password>${escapeText(password)}` } });
    expect(secretsSeenIn([error])).not.toEqual([]);
  });
});
