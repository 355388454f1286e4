import { expect, test } from 'vitest';
import { askWithoutPerson, unasked } from '../../lambdas/platforms/without-person.ts';

const asked = (probed: Awaited<ReturnType<Parameters<typeof askWithoutPerson>[1]>>) =>
  askWithoutPerson('no', async () => probed);

test('a refusal is about the person where the credentials are accepted without one, and says what else it can mean', async () => {
  expect(await asked({ kind: 'accepted' })).toEqual({
    kind: 'rejected',
    message: expect.stringMatching(
      /^no \(the same credentials are accepted in a call about nobody: .*may look people up/,
    ),
  });
});

test('a refusal is about the credentials where they are refused without a person, and is told in its own words', async () => {
  expect(await asked({ kind: 'credentials-refused', message: 'an echo' })).toEqual({
    kind: 'credentials-refused',
    message: 'no',
  });
});

test.each(['not-done', 'nobody-knows'] as const)(
  'a refusal waits where the question of whom it is about ends %s',
  async (kind) => {
    const message = 'no (why is not known, for the look-up failed: late)';
    expect(await asked({ kind, message: 'late' })).toEqual({ kind: 'not-done', message });
  },
);

test('a refusal waits as long as the vendor asks that is too busy to be asked', () => {
  const busy = { kind: 'not-done', message: 'busy', retryAfterMs: 7 } as const;
  expect(unasked('no', busy)).toMatchObject({ kind: 'not-done', retryAfterMs: 7 });
});

test('a refusal is for good where the vendor will have no call about the person', () => {
  expect(unasked('no', { kind: 'rejected', message: 'neither' })).toEqual({ kind: 'rejected', message: 'no' });
});
