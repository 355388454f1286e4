import { expect, it } from 'vitest';
import { readMessage } from '../../lambdas/signups/message.ts';
import { createSealer, openBody, sealBody } from '../../lambdas/signups/sealing.ts';

it('a message with a field that this version does not know is read without it', () => {
  const delivery = { kind: 'delivery', signupId: 'shop.1', source: 'shop', acceptedAt: 'now', body: 'e30=' };
  expect(readMessage(JSON.stringify({ ...delivery, contentType: 'application/json' }))).toEqual(delivery);
});

it('a kept body opens to the bytes that were sealed, with fields or without that this version does not know', async () => {
  const sealer = createSealer('k'.repeat(64), 'bodies');
  const bytes = Buffer.from([0xff, 0x00, 0x7b]);
  const body = bytes.toString('base64');
  expect(await openBody(sealer, await sealBody(sealer, body))).toEqual(bytes);
  const earlier = await sealer.seal(JSON.stringify({ contentType: 'application/json', body }));
  expect(await openBody(sealer, earlier)).toEqual(bytes);
});
