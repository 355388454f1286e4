import { afterEach, describe, expect, test } from 'vitest';
import { simulator } from '../../../lambdas/platforms/electa/simulator.ts';
import type { RunningSimulator, SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';

const running: RunningSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((vendor) => vendor.close()));
});

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const vendor = await simulator.start(options);
  running.push(vendor);
  return vendor;
}

type Parameters = Readonly<Record<string, string>>;
const post = async (vendor: RunningSimulator, path: string, parameters: Parameters | [string, string][] | string) => {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = typeof parameters === 'string' ? parameters : new URLSearchParams(parameters).toString();
  return (await fetch(`${vendor.url}${path}`, { method: 'POST', headers: type, body })).text();
};

const codeOf = (xml: string) => /<ResponseCode>(.*?)<\/ResponseCode>/.exec(xml)?.[1];
const dataOf = (xml: string) => /<ResponseData>(.*?)<\/ResponseData>/s.exec(xml)?.[1] ?? '';
const keyOf = (vendor: RunningSimulator) => ({ CID: String(vendor.secret.cid), AppKey: String(vendor.secret.appKey) });
const tokenOf = async (vendor: RunningSimulator) => dataOf(await post(vendor, '/token/', keyOf(vendor)));

const ada = { Email: 'ada@example.com', FirstName: 'Ada', LastName: 'Lovelace', UserType: 'STD' };
const createFor = async (vendor: RunningSimulator, user: Parameters, token?: string) =>
  post(vendor, '/User/Create', { CID: keyOf(vendor).CID, Token: token ?? (await tokenOf(vendor)), ...user });

describe('a token', () => {
  test('is given for account and key, as the vendor documents it', async () => {
    const vendor = await start();
    expect(await post(vendor, '/token/', keyOf(vendor))).toMatch(
      /<Response><ResponseCode>0<\/ResponseCode><ResponseData>[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}<\/ResponseData><\/Response>$/,
    );
  });

  test('is asked for by GET or POST, in any case of path and names', async () => {
    const vendor = await start();
    const { CID, AppKey } = keyOf(vendor);
    const reply = await fetch(`${vendor.url}/TOKEN?cid=${CID}&appkey=${AppKey}`);
    expect(codeOf(await reply.text())).toBe('0');
    expect(codeOf(await post(vendor, '/Token', { cId: CID, APPKEY: AppKey }))).toBe('0');
  });

  test('lives 20 minutes', async () => {
    let now = 0;
    const vendor = await start({ now: () => now });
    const token = await tokenOf(vendor);
    now = 20 * 60_000 - 1;
    expect(codeOf(await createFor(vendor, ada, token))).toBe('0');
    now += 1;
    expect(await createFor(vendor, { ...ada, Email: 'b@example.com' }, token)).toContain('expired Token');
  });

  test.each([
    ['keeps-earlier', '0'],
    ['ends-earlier', '3'],
  ])('a new one %s', async (newToken, code) => {
    const vendor = await start({ variants: { newToken } });
    const earlier = await tokenOf(vendor);
    await tokenOf(vendor);
    expect(codeOf(await createFor(vendor, ada, earlier))).toBe(code);
  });
});

describe('the lock', () => {
  const fail = (vendor: RunningSimulator) => post(vendor, '/token/', { ...keyOf(vendor), AppKey: 'x'.repeat(32) });

  test('comes with the fifth failed login, for 15 minutes, and keeps everybody out', async () => {
    let now = 0;
    const vendor = await start({ now: () => now });
    const token = await tokenOf(vendor);
    for (let failures = 0; failures < 4; failures++) expect(await fail(vendor)).toContain('Invalid Account');
    expect(codeOf(await createFor(vendor, ada, token))).toBe('0');
    await fail(vendor);
    expect(await post(vendor, '/token/', keyOf(vendor))).toContain('locked');
    expect(await createFor(vendor, { ...ada, Email: 'b@example.com' }, token)).toContain('locked');
    now = 15 * 60_000;
    expect(codeOf(await post(vendor, '/token/', keyOf(vendor)))).toBe('0');
    expect(vendor.counts()).toMatchObject({ refusedLogins: 6, lockouts: 1 });
  });

  test.each([
    ['add-up', 'locked'],
    ['forgiven', '<ResponseCode>0</ResponseCode>'],
  ])('failures before a login that succeeds: %s', async (failedLogins, told) => {
    const vendor = await start({ variants: { failedLogins } });
    for (let failures = 0; failures < 4; failures++) await fail(vendor);
    await tokenOf(vendor);
    await fail(vendor);
    expect(await post(vendor, '/token/', keyOf(vendor))).toContain(told);
  });
});

describe('User/Create is strict:', () => {
  const mistakes: [string, Parameters, string][] = [
    ['a required parameter is missing', { ...ada, LastName: '' }, 'Missing parameter LastName'],
    ['an optional one is empty', { ...ada, Phone: '' }, 'Empty parameter Phone'],
    ['an unknown one is there', { ...ada, Username: 'ada' }, 'Unknown parameter Username'],
    ['a value is not allowed', { ...ada, UserType: 'Student' }, 'Invalid value for UserType'],
    ['a gender is not allowed', { ...ada, Gender: 'X' }, 'Invalid value for Gender'],
    ['a flag is not True or False', { ...ada, UserType: 'MDR', CanCreateUsers: 'true' }, 'Invalid value for Can'],
    ['a flag of moderators is on a student', { ...ada, CanCreateUsers: 'True' }, 'CanCreateUsers is for MDR only'],
    ['a flag of moderators is on an administrator', { ...ada, UserType: 'ADM', CanSetUpEvents: 'False' }, 'MDR only'],
    ['the address is none', { ...ada, Email: 'ada' }, 'Invalid value for Email'],
    ['the account is another', { ...ada, CID: '54321' }, 'Invalid Account'],
    ['the token is none', { ...ada, Token: 'x' }, 'Invalid or expired Token'],
    ['a parameter is there twice', { ...ada, email: 'b@example.com' }, 'Doubled parameter email'],
  ];
  test.each(mistakes)('%s', async (_, user, words) => {
    const vendor = await start();
    expect(await createFor(vendor, user)).toContain(words);
    expect(vendor.accounts()).toEqual([]);
  });

  test('bytes that are no UTF-8, and what is no form', async () => {
    const vendor = await start();
    expect(await post(vendor, '/User/Create', 'FirstName=Zo%EB')).toContain('not UTF-8');
    const json = await fetch(`${vendor.url}/User/Create`, { method: 'POST', body: '{}' });
    expect(await json.text()).toContain('content type');
    const put = await fetch(`${vendor.url}/User/Create`, { method: 'PUT', body: '{}' });
    expect(await put.text()).toContain('Method PUT');
    expect((await fetch(`${vendor.url}/User/Find`)).status).toBe(404);
  });
});

describe('User/Create', () => {
  test('keeps every field of a moderator', async () => {
    const vendor = await start();
    const user = { ...ada, UserType: 'MDR', Gender: 'F', Address: 'a', Zip: 'z', Phone: '1', CanCreateUsers: 'True' };
    await createFor(vendor, user);
    expect(vendor.accounts()).toMatchObject([
      { email: ada.Email, firstName: 'Ada', lastName: 'Lovelace', fields: user },
    ]);
  });

  test('makes a student on a single-teacher account, whatever was asked for', async () => {
    const vendor = await start({ variants: { teachers: 'single' } });
    const reply = await createFor(vendor, { ...ada, UserType: 'MDR', CanCreateUsers: 'True' });
    expect(reply).toContain('<UserType>STD</UserType>');
    expect(vendor.accounts()[0]?.fields).toEqual(ada);
  });

  test('refuses an address that it has, in whatever case', async () => {
    const vendor = await start();
    await createFor(vendor, ada);
    expect(await createFor(vendor, { ...ada, Email: 'ADA@example.com' })).toContain('already exists');
  });

  test('takes an address twice where the account allows it', async () => {
    const vendor = await start({ duplicates: 'allowed' });
    await createFor(vendor, ada);
    expect(codeOf(await createFor(vendor, ada))).toBe('0');
    expect(vendor.accounts().map(({ userId }) => userId)).toEqual(['9041', '9042']);
  });
});
