import { createClientAsync } from 'soap';
import { describe, expect, it } from 'vitest';
import { sign } from '../../../lambdas/platforms/digitalchalk-soap/signature.ts';
import { simulator } from '../../../lambdas/platforms/digitalchalk-soap/simulator.ts';
import { readReply } from '../../../lambdas/platforms/digitalchalk-soap/soap-reply.ts';
import { writeRequest } from '../../../lambdas/platforms/digitalchalk-soap/soap-request.ts';
import type { SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';
import { startSimulated } from './simulated.ts';

const keys = { accessKey: 'dc-access-key', secretKey: 'dc-secret-0123456789abcdef' };
const clock = Date.parse('2026-01-15T10:20:30Z');
const start = (options: SimulatorOptions = {}) => startSimulated({ now: () => clock, ...options });
const dc = 'http://digitalchalk.com/api/v4';
const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

async function post(url: string, body: string | Uint8Array<ArrayBuffer>, contentType = 'text/xml; charset=utf-8') {
  const response = await fetch(`${url}/dc/api/v4`, { method: 'POST', body, headers: { 'content-type': contentType } });
  return { status: response.status, text: await response.text() };
}

const faultIn = (text: string) => {
  const reply = readReply('doesUserExist', text);
  return reply.kind === 'fault' ? reply.text : reply.kind;
};

/** As PHP's SoapClient writes it. */
const foreign = (username: string, { accessKey, timestamp, signature } = sign(keys, 'doesUserExist', clock)) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${soap}" xmlns:ns1="${dc}"><SOAP-ENV:Body><ns1:doesUserExistRequest><ns1:auth><ns1:accessKey>${accessKey}</ns1:accessKey><ns1:timestamp>${timestamp}</ns1:timestamp><ns1:signature>${signature}</ns1:signature></ns1:auth><ns1:username>${username}</ns1:username></ns1:doesUserExistRequest></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

describe("the simulator of DigitalChalk's SOAP API", () => {
  it.each(simulator.variants.endpoint ?? [])('serves a WSDL that names the running server at %s', async (endpoint) => {
    const running = await start({ variants: { endpoint } });
    const response = await fetch(`${running.url}/dc/api/v4.wsdl`);
    expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await response.text()).toContain(`<soap:address location="${running.url}${endpoint}"/>`);
    expect(running.settings).toEqual({ endpoint });
  });

  it('speaks to a client that is made from its WSDL alone, in all four operations', async () => {
    const running = await start();
    const client = await createClientAsync(`${running.url}/dc/api/v4.wsdl`);
    const user = {
      emailAddress: 'a@b.c',
      username: 'ada',
      firstName: 'Ä&<',
      lastName: 'L',
      licenseAgreed: true,
      password: 'p',
      passwordReset: false,
      tags: '',
    };
    const auth = (operation: 'createUser' | 'doesUserExist' | 'registerUser' | 'createAndRegisterUser') =>
      sign(keys, operation, clock);
    const [created] = await client.createUserAsync({ auth: auth('createUser'), user });
    const [found] = await client.doesUserExistAsync({ auth: auth('doesUserExist'), username: 'ada' });
    const [registered] = await client.registerUserAsync({
      auth: auth('registerUser'),
      username: 'ada',
      offeringId: 'o1',
    });
    const both = {
      auth: auth('createAndRegisterUser'),
      user: { ...user, emailAddress: 'b@b.c', username: '' },
      offeringId: 'o2',
    };
    const [second] = await client.createAndRegisterUserAsync(both);
    expect(created).toEqual({ username: 'ada', emailAddress: 'a@b.c', name: 'Ä&< L', success: true });
    expect(found).toEqual({ exists: true });
    expect(registered).toMatchObject({ studentUsername: 'ada', offeringId: 'o1', success: true });
    expect(second).toMatchObject({ studentUsername: 'b@b.c', offeringId: 'o2', success: true });
    expect(running.accounts().map(({ fields }) => fields.offerings)).toEqual(['o1', 'o2']);
    expect(running.counts()).toEqual({ createUser: 1, doesUserExist: 1, registerUser: 1, createAndRegisterUser: 1 });
  });

  it.each(
    Object.entries(simulator.variants).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  )('answers with %s "%s" so that it can be read', async (name, value) => {
    const running = await start({
      variants: { endpoint: '/dc/api/v4', ...(name === 'endpoint' ? {} : { [name]: value }) },
    });
    const answered = await post(running.url, foreign('ada'));
    expect(readReply('doesUserExist', answered.text)).toEqual({
      kind: 'answer',
      fields: new Map([['exists', 'false']]),
    });
    const refused = await post(running.url, foreign('ada', sign(keys, 'createUser', clock)));
    expect(refused.status).toBe(name === 'faultStatus' ? Number(value) : 500);
    expect(faultIn(refused.text)).toMatch(/^The signature is wrong/);
  });

  it.each([
    [
      'a wrong access key',
      foreign('ada', sign({ ...keys, accessKey: 'x' }, 'doesUserExist', clock)),
      'The access key is not known',
    ],
    [
      'a wrong secret key',
      foreign('ada', sign({ ...keys, secretKey: 'x' }, 'doesUserExist', clock)),
      'The signature is wrong',
    ],
    ["another operation's signature", foreign('ada', sign(keys, 'createUser', clock)), 'The signature is wrong'],
    [
      'a clock 15 minutes and a bit behind',
      foreign('ada', sign(keys, 'doesUserExist', clock - 901_000)),
      'The timestamp is more than 15 minutes off',
    ],
    [
      'a clock 15 minutes and a bit ahead',
      foreign('ada', sign(keys, 'doesUserExist', clock + 901_000)),
      'The timestamp is more than 15 minutes off',
    ],
    [
      'milliseconds in the timestamp',
      foreign('ada', { ...sign(keys, 'doesUserExist', clock), timestamp: new Date(clock).toISOString() }),
      "The timestamp is not yyyy-MM-dd'T'HH:mm:ss'Z'",
    ],
    [
      'a day that does not exist',
      foreign('ada', { ...sign(keys, 'doesUserExist', clock), timestamp: '2026-13-45T10:20:30Z' }),
      'The timestamp is more than 15 minutes off',
    ],
  ])('refuses %s and counts it', async (_, body, fault) => {
    const running = await start();
    expect(faultIn((await post(running.url, body)).text)).toBe(fault);
    expect(running.counts().refusedLogins).toBe(1);
  });

  it.each([
    [
      'a wrong order',
      foreign('ada').replace(/(<ns1:auth>.*<\/ns1:auth>)(<ns1:username>ada<\/ns1:username>)/, '$2$1'),
      /^Validation error: doesUserExistRequest must hold exactly, in this order/,
    ],
    [
      'an unqualified element',
      foreign('ada').replaceAll('ns1:username', 'username'),
      /^Validation error: username is not in the namespace/,
    ],
    [
      'another namespace',
      foreign('ada').replace(dc, `${dc}/`),
      /^Validation error: doesUserExistRequest is not in the namespace/,
    ],
    [
      'an operation that does not exist',
      foreign('ada').replaceAll('doesUserExistRequest', 'deleteUserRequest'),
      /^There is no operation for deleteUserRequest/,
    ],
    ['no XML', 'username=ada', /^The message is not well-formed XML/],
    ['XML cut short', foreign('ada').slice(0, -4), /^The message is not well-formed XML/],
    ['two envelopes', foreign('ada') + foreign('ada').replace(/<\?.*\?>\n/, ''), /^The message is not well-formed XML/],
    ['no envelope', `<a xmlns="${dc}"></a>`, /^The message is no SOAP envelope/],
    [
      'SOAP 1.2',
      foreign('ada').replace(soap, 'http://www.w3.org/2003/05/soap-envelope'),
      /^Only SOAP 1.1 is spoken here/,
    ],
    [
      'a header that must be understood',
      foreign('ada').replace(
        '<SOAP-ENV:Body>',
        '<SOAP-ENV:Header><x xmlns="urn:x" SOAP-ENV:mustUnderstand="1"/></SOAP-ENV:Header><SOAP-ENV:Body>',
      ),
      /^A SOAP header is not understood/,
    ],
    [
      'an empty body',
      `<s:Envelope xmlns:s="${soap}"><s:Body/></s:Envelope>`,
      /^The SOAP body must hold exactly one element/,
    ],
  ])('refuses %s with a fault that says so', async (_, body, fault) => {
    const running = await start();
    const reply = await post(running.url, body);
    expect(reply.status).toBe(500);
    expect(faultIn(reply.text)).toMatch(fault);
  });

  it('refuses another content type, and reads the charset that is told', async () => {
    const running = await start();
    const latin1 = Buffer.from(foreign('Zoë').replace('UTF-8', 'ISO-8859-1'), 'latin1');
    expect(faultIn((await post(running.url, foreign('ada'), 'application/json')).text)).toMatch(/text\/xml/);
    expect(faultIn((await post(running.url, latin1)).text)).toMatch(/charset/);
    expect(faultIn((await post(running.url, latin1, 'text/xml; charset=iso-8859-1')).text)).toBe('answer');
    expect(faultIn((await post(running.url, latin1, 'text/xml')).text)).toBe('answer');
  });

  it('takes no GET at the endpoint and nothing elsewhere', async () => {
    const running = await start();
    expect((await fetch(`${running.url}/dc/api/v4`)).status).toBe(405);
    expect((await fetch(`${running.url}/dc/api/v4?wsdl`)).status).toBe(200);
    expect((await fetch(`${running.url}/elsewhere`, { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it.each([-900_000, 900_000])('accepts a clock that is %i milliseconds off', async (off) => {
    const running = await start();
    const body = foreign('ada', sign(keys, 'doesUserExist', clock + off));
    expect(faultIn((await post(running.url, body)).text)).toBe('answer');
  });

  it.each([
    ['refused', 1],
    ['allowed', 2],
  ] as const)('with duplicates %s holds %i account for one address', async (duplicates, count) => {
    const running = await start({ duplicates });
    for (const username of ['ada', 'ada2']) {
      const user = {
        emailAddress: 'Ada@example.com',
        username,
        firstName: 'A',
        lastName: 'L',
        licenseAgreed: 'true',
        password: 'p',
        passwordReset: 'true',
        tags: '',
      } as const;
      await post(running.url, writeRequest('createUser', sign(keys, 'createUser', clock), { user }).body);
    }
    expect(running.accounts()).toHaveLength(count);
  });
});
