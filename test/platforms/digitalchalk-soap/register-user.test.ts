import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RegisterResult, VendorAccount } from '../../../lambdas/platforms/platform.ts';
import { type Weather, weathers } from '../../../lambdas/platforms/platform-simulator.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { weatherKinds } from '../weather-kinds.ts';
import { connectTo, opened, startSimulated } from './simulated.ts';

const registerCall = (offering = 'course-1', signup = signupWith(), milliseconds = 5000) => ({
  ...callWith(signup, undefined, milliseconds),
  offering,
  account: {},
});

async function register(account: VendorAccount, call: ReturnType<typeof registerCall>): Promise<RegisterResult> {
  if (account.register === undefined) throw new Error('there is no register');
  return account.register(call);
}

/** A simulator with one user. */
async function withAda(...options: Parameters<typeof startSimulated>) {
  const running = await startSimulated(...options);
  const account = opened(connectTo(running), running.secret);
  await account.createAccount(callWith(signupWith()));
  return { running, account };
}

/** A vendor that answers each request with this content of a SOAP body. */
async function answering(content: string, status = 200) {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${content}</e:Body></e:Envelope>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const running = await startSimulated();
  return opened(connectTo({ ...running, url: `http://127.0.0.1:${port}` }), running.secret);
}

const response = (fields: string) =>
  `<registerUserResponse xmlns="http://digitalchalk.com/api/v4">${fields}</registerUserResponse>`;

describe('registering over SOAP', () => {
  it('tells the id of the registration', async () => {
    const { running, account } = await withAda();
    expect(await register(account, registerCall())).toEqual({ kind: 'registered', registrationId: 'dc-1-1' });
    expect(running.accounts()[0]?.fields.offerings).toBe('course-1');
  });

  it('is rejected with the vendor’s words where the user is registered, for no text tells that from a closed offering', async () => {
    const { running, account } = await withAda();
    await register(account, registerCall());
    expect(await register(account, registerCall())).toEqual({
      kind: 'rejected',
      message: 'The user is registered for this offering',
    });
    expect(running.accounts()[0]?.fields.offerings).toBe('course-1');
  });

  it('is rejected for a user that does not exist', async () => {
    const { account } = await withAda();
    const eve = signupWith({ email: 'eve@example.com' });
    expect(await register(account, registerCall('course-1', eve))).toEqual({
      kind: 'rejected',
      message: 'There is no such user',
    });
  });

  it('with a wrong secret learns that its credentials are refused', async () => {
    const { running } = await withAda();
    const account = opened(connectTo(running), { ...running.secret, secretKey: 'another' });
    expect(await register(account, registerCall())).toMatchObject({ kind: 'credentials-refused' });
  });

  it('waits where nobody can say what a fault was about', async () => {
    const { running, account } = await withAda();
    running.arm({ weather: 'http-500', operation: 'doesUserExist' });
    expect(await register(account, registerCall(' '))).toMatchObject({
      kind: 'not-done',
      message: expect.stringMatching(/^There is no such offering \(why is not known/),
    });
  });

  const replies: [string, string, RegisterResult['kind']][] = [
    ['success and nothing else', '<success>true</success>', 'registered'],
    [
      'the address of the student',
      '<studentUsername>ADA@example.com</studentUsername><success>1</success>',
      'registered',
    ],
    ['another offering', '<offeringId>course-2</offeringId><success>true</success>', 'nobody-knows'],
    ['another student', '<studentUsername>eve@example.com</studentUsername><success>true</success>', 'nobody-knows'],
    ['neither yes nor no', '<success>perhaps</success>', 'nobody-knows'],
    ['no success', '<success>false</success>', 'rejected'],
  ];
  it.each(replies)('a reply that says %s', async (_, fields, kind) => {
    expect(await register(await answering(response(fields)), registerCall())).toMatchObject({ kind });
  });

  const kinds: Readonly<Record<Weather, RegisterResult['kind']>> = weatherKinds;
  it.each(weathers)('in the weather "%s" is never called done, nor undone where it may be', async (weather) => {
    const { running, account } = await withAda();
    running.arm({ weather, operation: 'registerUser', ms: 3000 });
    const call = registerCall('course-ß', signupWith(), weather === 'slow' ? 150 : 5000);
    expect(await register(account, call)).toMatchObject({ kind: kinds[weather] });
    await running.calm();
  });
});
