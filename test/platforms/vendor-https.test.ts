import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { callVendor } from '../../lambdas/platforms/vendor-http.ts';
import { selfSigned } from './self-signed.ts';

const certificate = selfSigned();
const trusted = getCACertificates('default');
beforeEach(() => setDefaultCACertificates([certificate.cert]));
afterEach(() => setDefaultCACertificates(trusted));

/** Calls a vendor over TLS. */
async function call(listener: RequestListener, signal = AbortSignal.timeout(5000)) {
  const server = createServer(certificate, listener);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  return callVendor({ method: 'POST', url, body: 'AppKey=1', signal });
}

test('a vendor with a good certificate is called', async () => {
  const reply = await call(async (request, response) => {
    response.end(Buffer.concat(await request.toArray()));
  });
  expect(reply).toMatchObject({ kind: 'answered', status: 200, body: Buffer.from('AppKey=1') });
});

test('a vendor whose certificate nobody signed is sent nothing', async () => {
  setDefaultCACertificates(trusted);
  const reply = await call(() => expect.fail('a request came'));
  expect(reply).toEqual({
    kind: 'not-sent',
    message: 'no secure connection to the vendor (DEPTH_ZERO_SELF_SIGNED_CERT)',
  });
});

test('a secure connection that is cut after the request leaves nobody knowing', async () => {
  expect(await call(({ socket }) => socket.destroy())).toEqual({
    kind: 'lost',
    message: 'the connection was cut before the reply was complete',
  });
});

test('a deadline that passes after the request was sent leaves nobody knowing', async () => {
  const deadline = new AbortController();
  expect(await call(() => deadline.abort(), deadline.signal)).toEqual({
    kind: 'lost',
    message: 'no reply within the time for a call',
  });
});
