import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Academy, openAcademy } from './academy.ts';

const credentials = ['mailer'];
const config = {
  sources: {
    shop: {
      preset: 'standard-webhooks',
      to: [
        { destination: 'classroom', when: "'live' in data.tags" },
        { destination: 'courses', when: "'on-demand' in data.tags", set: { tags: ['from-the-shop'] } },
      ],
    },
  },
  destinations: {
    classroom: { platform: 'electa', loginUrl: 'https://academy.example/classroom', credentials },
    courses: { platform: 'digitalchalk-soap', loginUrl: 'https://academy.example/courses', credentials },
  },
};

let academy: Academy;
beforeAll(async () => {
  academy = await openAcademy(config);
});
afterAll(() => academy.stop());

const accountsOf = (destination: string, email: string) =>
  (academy.stack.simulators[destination]?.accounts() ?? []).filter((account) => account.email === email);

describe('a signed webhook', () => {
  it('becomes an account at Electa, an event on the topic, and credentials that only the recipient can read', async () => {
    const data = {
      email: 'ada@example.com',
      first_name: 'Ada',
      last_name: 'Lovelace',
      tags: ['live'],
      reference: '1001',
    };
    const { status, signupId, body } = await academy.post(data);
    expect(status).toBe(202);
    expect(signupId).toMatch(/^shop\.[\w-]{22}$/);
    const event = await academy.ended(signupId, 'classroom');
    const [account] = accountsOf('classroom', data.email);
    expect(event).toMatchObject({
      specversion: '1.0',
      type: 'matriculate.account.created.v1',
      source: '/matriculate/dev/shop',
      subject: signupId,
      id: `${signupId}/classroom/account/1`,
      sequence: '0000000001',
      data: {
        outcome: 'created',
        reference: '1001',
        person: { email: data.email, firstName: 'Ada', lastName: 'Lovelace' },
        account: { userId: account?.userId, username: account?.username, role: 'student' },
        credentials: { state: 'encrypted' },
        notApplied: ['tags'],
      },
    });
    expect(await academy.decrypt(event)).toEqual({ username: account?.username, password: account?.password });

    const states = await (await fetch(`${academy.stack.url}${String(body.statusUrl)}`)).text();
    expect(states).toContain('"created"');
    expect(states).not.toContain(String(account?.password));
  });

  it.each([
    ['live', ['classroom']],
    ['on-demand', ['courses']],
    ['both', ['classroom', 'courses']],
  ])('goes where its routes say: %s', async (kind, destinations) => {
    const email = `${kind}@example.com`;
    const tags = kind === 'both' ? ['live', 'on-demand'] : [kind];
    const { signupId } = await academy.post({ email, first_name: 'Route', last_name: 'Rider', tags });
    for (const destination of destinations)
      expect((await academy.ended(signupId, destination)).data.outcome).toBe('created');
    // A second signup behind the first in each queue: once it has ended, the first has been looked at everywhere.
    const behind = await academy.post({
      email: `behind-${email}`,
      first_name: 'B',
      last_name: 'B',
      tags: ['live', 'on-demand'],
    });
    await Promise.all(['classroom', 'courses'].map((destination) => academy.ended(behind.signupId, destination)));
    for (const destination of ['classroom', 'courses'])
      expect(accountsOf(destination, email)).toHaveLength(destinations.includes(destination) ? 1 : 0);
    expect(academy.events.filter(({ data }) => data.signupId === signupId)).toHaveLength(destinations.length);
  });

  it('sets what its route sets, and makes a password that the learner must change', async () => {
    const { signupId } = await academy.post({
      email: 'set@example.com',
      first_name: 'S',
      last_name: 'T',
      tags: ['on-demand'],
    });
    const event = await academy.ended(signupId, 'courses');
    const [account] = accountsOf('courses', 'set@example.com');
    expect(account?.fields).toMatchObject({ tags: 'from-the-shop', passwordReset: 'true' });
    expect(await academy.decrypt(event)).toEqual({ username: 'set@example.com', password: account?.password });
  });

  it.each([
    ['markup', `Ad<a> & "B" 'C'`, 'O’Brien & <Söhne>'],
    ['umlauts and CJK', 'Jürgen Åse', '李小龙'],
    ['emoji', '🦆👩‍🚀', 'Ναΐς'],
  ])('keeps %s in a name byte for byte, on both platforms', async (kind, firstName, lastName) => {
    const email = `${kind.replaceAll(' ', '-')}@example.com`;
    const { signupId } = await academy.post({ email, firstName, lastName, tags: ['live', 'on-demand'] });
    for (const destination of ['classroom', 'courses']) {
      expect((await academy.ended(signupId, destination)).data).toMatchObject({
        outcome: 'created',
        person: { firstName, lastName },
      });
      expect(accountsOf(destination, email)).toMatchObject([{ firstName, lastName }]);
    }
  });

  it('is rejected with the field and the reason if a name holds a control character', async () => {
    const { signupId } = await academy.post({
      email: 'nul@example.com',
      first_name: 'A\u0000da',
      last_name: 'L',
      tags: ['live'],
    });
    const { data } = await academy.ended(signupId, 'classroom');
    expect(data).toMatchObject({ outcome: 'rejected', reason: { code: 'mapping' } });
    expect(data.reason?.message).toMatch(/firstName.*control character/);
    expect(accountsOf('classroom', 'nul@example.com')).toHaveLength(0);
  });

  it('makes no second account and no second event id when it is delivered again, signed afresh', async () => {
    const data = { email: 'again@example.com', first_name: 'Again', last_name: 'Again', tags: ['live'] };
    const first = await academy.post(data, { webhookId: 'msg_again' });
    await academy.ended(first.signupId, 'classroom');
    const second = await academy.post(data, { webhookId: 'msg_again' });
    expect(second).toMatchObject({ status: 202, signupId: first.signupId });
    const copies = () => academy.events.filter((event) => event.data.signupId === first.signupId);
    await expect.poll(() => copies().length, { timeout: 20_000 }).toBe(2);
    expect(new Set(copies().map((event) => JSON.stringify(event))).size).toBe(1);
    expect(accountsOf('classroom', data.email)).toHaveLength(1);
  });

  it('has no effect at all if its signature is wrong: no message, no item, no vendor call', async () => {
    const before = { ledger: await academy.ledger(), counts: { ...academy.stack.simulators.classroom?.counts() } };
    const workers = academy.stack.functions['provision-classroom']?.usage().invocations;
    const data = { email: 'mallory@example.com', first_name: 'Mallory', last_name: 'M', tags: ['live', 'on-demand'] };
    const wrong = { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
    const { status, body } = await academy.post(data, { headers: wrong });
    expect(status).toBe(401);
    expect(body).toMatchObject({ status: 401 });
    // What a right one sends after it is worked on; by then a message of the wrong one would have been, too.
    const right = await academy.post({ ...data, email: 'right@example.com', tags: ['on-demand'] });
    await academy.ended(right.signupId, 'courses');
    expect(academy.stack.functions['provision-classroom']?.usage().invocations).toBe((workers ?? 0) + 1);
    expect({ ...academy.stack.simulators.classroom?.counts() }).toEqual(before.counts);
    expect(await academy.ledger()).not.toContain('mallory');
    expect(accountsOf('courses', data.email)).toHaveLength(0);
  });

  it('leaves no password, key, token or signature in any log, event or ledger item', async () => {
    const logs = Object.values(academy.stack.functions).map((running) => running.logs());
    const everywhere = [...logs, JSON.stringify(academy.events), await academy.ledger()].join('\n');
    const simulators = Object.values(academy.stack.simulators);
    const passwords = simulators.flatMap((simulator) => simulator.accounts().map(({ password }) => password));
    const keys = simulators.flatMap(({ secret }) =>
      Object.values(secret)
        .map(String)
        .filter((text) => text.length > 6),
    );
    expect(passwords.length).toBeGreaterThan(5);
    for (const secret of [...passwords, ...keys, ...Object.values(academy.stack.sourceKeys), 'v1,'])
      expect(everywhere).not.toContain(secret);
    expect(logs.join('')).not.toContain('ada@example.com');
  });
});
