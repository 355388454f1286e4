import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';
import { startSimulated } from './simulated.ts';

const ada = { firstName: 'Ada', lastName: 'Lovelace', username: 'ada', email: 'ada@example.com', password: 'abc123' };

interface Request {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function client(options: SimulatorOptions = {}) {
  const running = await startSimulated(options);
  const call = async (path: string, { method = 'GET', body, headers }: Request = {}) => {
    const response = await fetch(`${running.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${running.secret.token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    const json = isJson && text !== '' ? JSON.parse(text) : undefined;
    return { status: response.status, text, json, location: response.headers.get('location') };
  };
  return { running, call, post: (path: string, body: unknown) => call(path, { method: 'POST', body }) };
}

describe("the simulator of DigitalChalk's REST API", () => {
  it('makes a user with 201, an empty body and a relative Location', async () => {
    const { call, post } = await client();
    const made = await post('/users', { ...ada, tags: ['nm'], locale: 'en' });
    expect(made).toMatchObject({ status: 201, text: '' });
    expect(made.location).toMatch(/^\/dc\/api\/v5\/users\/[0-9a-f]{32}$/);
    const { json } = await call(`/users/${made.location?.split('/').at(-1)}`);
    const { password, ...told } = ada;
    expect(json).toMatchObject({ ...told, tags: ['nm'], locale: 'en' });
    expect(JSON.stringify(json)).not.toContain(password);
  });

  it.each([
    ['/users/', 200],
    ['/offerings', 404],
    ['/users/nobody', 404],
    ['/users?limit=101', 400],
    ['/users?limit=0', 400],
    ['/users?offset=-1', 400],
    ['/users?name=ada', 400],
    ['/registrations?limit=1', 200],
    ['/registrations?user=1', 400],
  ])('answers GET %s with %i', async (path, status) => {
    expect(await (await client()).call(path)).toMatchObject({ status });
  });

  it.each([
    ['no token', { authorization: '' }, 401],
    ['another token', { authorization: 'Bearer another' }, 401],
    ['another scheme', { authorization: 'Basic YTpi' }, 401],
    ['no JSON in return', { accept: 'text/html' }, 406],
    ['no JSON', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('refuses %s', async (_, headers, status) => {
    const { running, call } = await client();
    const refused = await call('/users', { method: 'POST', body: ada, headers });
    expect(refused.status).toBe(status);
    if (status === 401) expect(refused.json).toMatchObject({ error: 'invalid_token' });
    expect(running.counts().refusedLogins ?? 0).toBe(status === 401 ? 1 : 0);
    expect(running.accounts()).toEqual([]);
  });

  it.each([
    [{ password: 'abc12' }, 'password'],
    [{ password: 'abcdef' }, 'password'],
    [{ password: '123456' }, 'password'],
    [{ tags: ['a b'] }, 'tags'],
    [{ tags: ['a,b'] }, 'tags'],
    [{ tags: 'a' }, 'tags'],
    [{ tags: [1] }, 'tags'],
    [{ locale: 'en-US' }, 'locale'],
    [{ email: 'ada' }, 'email'],
    [{ email: 'ada@example.invalid' }, 'email'],
    [{ firstName: ' ' }, 'firstName'],
    [{ lastName: 1 }, 'lastName'],
  ])('refuses %j', async (fields, field) => {
    const { running, post } = await client();
    const refused = await post('/users', { ...ada, ...fields });
    expect(refused).toMatchObject({ status: 400, json: { errors: [], fieldErrors: { [field]: expect.any(String) } } });
    expect(running.accounts()).toEqual([]);
  });

  it.each(['', '{', '[]', 'null', '{"a":1}', '{"passwordReset":true}'])('refuses the body %s', async (body) => {
    const { call } = await client();
    expect(await call('/users', { method: 'POST', body })).toMatchObject({ status: 400 });
  });

  it.each([
    [{ username: 'other', email: 'ADA@example.com' }, 'email'],
    [{ username: 'ADA', email: 'other@example.com' }, 'username'],
  ])('refuses %j as a bare 400, unless duplicates are allowed', async (fields, field) => {
    const { post } = await client();
    await post('/users', ada);
    expect(await post('/users', { ...ada, ...fields })).toMatchObject({
      status: 400,
      json: { fieldErrors: { [field]: expect.any(String) } },
    });
    const lax = await client({ duplicates: 'allowed' });
    await lax.post('/users', ada);
    expect((await lax.post('/users', { ...ada, ...fields })).status).toBe(201);
  });

  it.each(['prev', 'previous'])(
    'filters by substring in any case and pages, the page before called %s',
    async (name) => {
      const { call, post } = await client({ variants: { pageBefore: name } });
      for (const email of ['ann@x.com', 'joann@x.com', 'bob@x.com', 'ANN@X.COM.au'])
        await post('/users', { ...ada, username: email, email });
      const first = (await call('/users?email=Ann%40x.com&limit=2')).json;
      expect(first.results.map(({ email }: { email: string }) => email)).toEqual(['ann@x.com', 'joann@x.com']);
      expect(first).not.toHaveProperty(name);
      const last = (await call(`/users${new URL(first.next).search}`)).json;
      expect(last.results).toMatchObject([{ email: 'ANN@X.COM.au' }]);
      expect(last).toHaveProperty(name);
      expect(last).not.toHaveProperty('next');
    },
  );

  it('gives 15 users at once where nobody says a limit', async () => {
    const { call, post } = await client();
    for (let index = 0; index < 16; index++)
      await post('/users', { ...ada, username: `u${index}`, email: `u${index}@example.com` });
    expect((await call('/users')).json.results).toHaveLength(15);
  });

  it('changes what PUT sends and keeps the rest', async () => {
    const { running, call, post } = await client();
    const made = await post('/users', { ...ada, tags: ['old', 'older'] });
    const path = `/users/${made.location?.split('/').at(-1)}`;
    expect(await call(path, { method: 'PUT', body: { tags: ['new'] } })).toMatchObject({ status: 204 });
    expect(running.accounts()).toMatchObject([{ ...ada, fields: { tags: 'new' } }]);
    expect((await call(path, { method: 'PUT', body: { tags: ['a b'] } })).status).toBe(400);
    expect((await call('/users/nobody', { method: 'PUT', body: {} })).status).toBe(404);
  });

  it.each([
    [{ offeringId: 'closed-1' }],
    [{ offeringId: 'unknown-1' }],
    [{ offeringId: '' }],
    [{ userId: 'nobody' }],
    [{ userId: 1 }],
    [{ status: 'passed' }],
  ])('registers nobody with %j', async (fields) => {
    const { running, post } = await client();
    const userId = (await post('/users', ada)).location?.split('/').at(-1);
    expect(await post('/registrations', { userId, offeringId: 'o1', ...fields })).toMatchObject({ status: 400 });
    expect(running.accounts()[0]?.fields.offerings).toBe('');
  });

  it('speaks under the other published path too, and only there', async () => {
    const { running, call } = await client({ variants: { base: '/api/v5' } });
    expect(running.url).toMatch(/:\d+\/api\/v5$/);
    expect((await call('/users')).status).toBe(200);
    expect((await fetch(`${new URL(running.url).origin}/dc/api/v5/users`)).status).toBe(401);
  });
});
