import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';
import { startSimulated } from './simulated.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ada = { schemas: [core], userName: 'ada', name: { givenName: 'Ada', familyName: 'Lovelace' }, password: 'p' };

async function client(options: SimulatorOptions = {}) {
  const running = await startSimulated(options);
  const call = async (path: string, method = 'GET', body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const media = 'application/scim+json';
    const response = await fetch(`${running.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${running.secret.token}`, accept: media, 'content-type': media, ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, location: response.headers.get('location'), json: await response.json() };
  };
  return { running, call, filter: (text: string) => call(`/Users?filter=${encodeURIComponent(text)}`) };
}

describe('the simulator of a SCIM server', () => {
  it('makes a user with 201, a Location and the user, without the password', async () => {
    const { running, call } = await client();
    const made = await call('/Users', 'POST', ada);
    const { password, ...told } = ada;
    expect(made).toMatchObject({ status: 201, json: { ...told, id: running.accounts()[0]?.userId, active: true } });
    expect(made.location).toBe(`${running.url}/Users/${running.accounts()[0]?.userId}`);
    expect(made.json).not.toHaveProperty('password');
    expect(running.accounts()[0]?.password).toBe(password);
  });

  it.each([
    ['no object', '[]', 'invalidSyntax'],
    ['no JSON', '{', 'invalidSyntax'],
    ['no schema', { ...ada, schemas: [] }, 'invalidSyntax'],
    ['no userName', { schemas: [core] }, 'invalidValue'],
    ['an empty userName', { ...ada, userName: ' ' }, 'invalidValue'],
    ['a reserved userName', { ...ada, userName: 'a@example.invalid' }, 'invalidValue'],
    ['an unknown attribute', { ...ada, tags: [] }, 'invalidValue'],
    ['an unknown part', { ...ada, name: { first: 'Ada' } }, 'invalidValue'],
    ['a part of another type', { ...ada, name: { givenName: 1 } }, 'invalidValue'],
    ['one address without a list', { ...ada, emails: { value: 'a@b.c' } }, 'invalidValue'],
    [
      'two primary addresses',
      {
        ...ada,
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
    ],
    ['an unknown type of address', { ...ada, emails: [{ value: 'a', type: 'school' }] }, 'invalidValue'],
    ['text for a boolean', { ...ada, active: 'true' }, 'invalidValue'],
    ['a number for text', { ...ada, displayName: 1 }, 'invalidValue'],
  ])('refuses %s', async (_, body, scimType) => {
    const { running, call } = await client();
    expect(await call('/Users', 'POST', body)).toMatchObject({ status: 400, json: { scimType, status: '400' } });
    expect(running.accounts()).toEqual([]);
  });

  it('refuses a userName that is there in any case, unless duplicates are allowed', async () => {
    const { call } = await client();
    await call('/Users', 'POST', ada);
    expect(await call('/Users', 'POST', { ...ada, userName: 'ADA' })).toMatchObject({
      status: 409,
      json: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], scimType: 'uniqueness', status: '409' },
    });
    const lax = await client({ duplicates: 'allowed' });
    await lax.call('/Users', 'POST', ada);
    expect((await lax.call('/Users', 'POST', ada)).status).toBe(201);
  });

  it('filters by the whole userName in any case', async () => {
    const { call, filter } = await client();
    for (const userName of ['ann', 'joann', 'bob']) await call('/Users', 'POST', { ...ada, userName });
    const { json } = await filter('username EQ "Ann"');
    expect(json).toMatchObject({ totalResults: 1, Resources: [{ userName: 'ann' }] });
    expect((await filter('userName eq "nobody"')).json).toMatchObject({ totalResults: 0, Resources: [] });
    expect(await call('/Users')).toMatchObject({ json: { totalResults: 3 } });
  });

  it.each(['userName', 'userName eq ann', 'userName co "a"', 'userName eq "a" or userName eq "b"', 'name eq "a"', ''])(
    'does not know the filter %s',
    async (text) => {
      expect(await (await client()).filter(text)).toMatchObject({ status: 400, json: { scimType: 'invalidFilter' } });
    },
  );

  it.each([
    [{ schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'userName eq "ada"' }, 200],
    [{ filter: 'userName eq "ada"' }, 400],
    ['{', 400],
  ])('answers the search %j with %i', async (body, status) => {
    expect(await (await client()).call('/Users/.search', 'POST', body)).toMatchObject({ status });
  });

  it.each([
    ['another token', { authorization: 'Bearer another' }, 401],
    ['no JSON in return', { accept: 'text/html' }, 406],
    ['plain JSON', { 'content-type': 'application/json' }, 415],
  ])('refuses %s', async (_, headers, status) => {
    const { running, call } = await client();
    expect(await call('/Users', 'POST', ada, headers)).toMatchObject({ status, json: { status: String(status) } });
    expect(running.counts().refusedLogins ?? 0).toBe(status === 401 ? 1 : 0);
  });

  it.each(['/Groups', '/Users/1', '/Bulk'])('has no %s', async (path) => {
    expect(await (await client()).call(path)).toMatchObject({ status: 404 });
  });
});
