import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ProvisionDeps } from '../../lambdas/provision-user/deps.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { createSealer, sealBody } from '../../lambdas/signups/sealing.ts';
import type { Signup } from '../../lambdas/signups/signup.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { createRecipient, type TestRecipient } from '../fixtures/recipient.ts';
import { config } from './config.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';
import { record } from './records.ts';
import { now } from './signup-items.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

/** One signup at a vendor to which we send the password, in as many attempts as a test asks for; between them everything may be configured anew. */
function school() {
  const ledger = ledgerInMemory();
  const told: string[] = [];
  const sent: (string | undefined)[] = [];
  let time = now;
  let receives = 0;
  let writes = 0;

  const attempt = async (
    answer: 'created' | 'not-done' | 'nobody-knows',
    recipient: TestRecipient | undefined,
    person: Partial<Signup> = {},
    message = record('ada'),
  ) => {
    time += 3_600_000;
    receives += 1;
    const over: Partial<ProvisionDeps> = {
      config: {
        ...config,
        destination: {
          ...config.destination,
          duplicates: 'allowed',
          recipients: recipient === undefined ? [] : [recipient.publicKey],
        },
      },
      platform: { credentials: 'ours', canLookUp: false, canRegister: false },
      vendor: {
        prepare: ({ email, username }) => ({ kind: 'ready', personKey: email, loginName: username ?? email }),
        open: () => ({
          access: 'direct',
          createAccount: async ({ password }) => {
            sent.push(password?.value);
            return answer === 'created'
              ? { kind: answer, account: {}, notApplied: [] }
              : { kind: answer, message: 'busy' };
          },
        }),
      },
      now: () => time,
      newId: () => `write-${++writes}`,
      randomBytes,
      publish: async (event) => void told.push(event),
    };
    const worker = workerOf({ ledger, map: async () => mappedTo({ ...signup, ...person }), over });
    const attributes = { ...message.attributes, ApproximateReceiveCount: String(receives) };
    await worker.handle({ Records: [{ ...message, attributes }] });
  };
  return { attempt, told, sent };
}

const readTold = (text = '') => eventSchema.parse(JSON.parse(text));
const mailer = await createRecipient('mailer-1');
const successor = await createRecipient('mailer-2');

describe('a password that was made', () => {
  it('is set by every attempt, and encrypted to those who are the recipients by then', async () => {
    const { attempt, told, sent } = school();
    await attempt('not-done', mailer);
    await attempt('created', successor);
    expect(new Set(sent).size).toBe(1);
    const event = readTold(told[0]);
    expect(event.data.credentials).toMatchObject({ state: 'encrypted' });
    expect(await successor.decrypt(event)).toEqual({ username: 'ada@example.com', password: sent[0] });
    await expect(mailer.decrypt(event)).rejects.toThrow();
  });

  it('reaches a recipient who was named only after the first attempt', async () => {
    const { attempt, told, sent } = school();
    await attempt('not-done', undefined);
    await attempt('created', mailer);
    expect(await mailer.decrypt(readTold(told[0]))).toEqual({ username: 'ada@example.com', password: sent[0] });
  });

  it('belongs to its username: under another one another is made', async () => {
    const { attempt, told, sent } = school();
    await attempt('not-done', mailer, { username: 'customer-4711' });
    await attempt('created', mailer, { username: 'ada' });
    expect(sent[0]).not.toBe(sent[1]);
    expect(await mailer.decrypt(readTold(told[0]))).toEqual({ username: 'ada', password: sent[1] });
  });

  it('counts no more once the person brings one of their own', async () => {
    const { attempt, told, sent } = school();
    await attempt('not-done', mailer);
    await attempt('created', mailer, { password: 'chosen by Ada' });
    expect(sent[1]).toBe('chosen by Ada');
    expect(readTold(told[0]).data.credentials).toEqual({ state: 'chosen' });
  });

  it('is told of when a person has found the account, though nobody knew what had become of the call', async () => {
    const { attempt, told, sent } = school();
    await attempt('nobody-knows', mailer);
    expect(readTold(told[0]).data).toMatchObject({ outcome: 'unknown', credentials: { state: 'unconfirmed' } });
    const body = await sealBody(createSealer('the key of the secret', 'bodies'), '');
    const found = writeMessage({
      kind: 'resolve',
      signupId: 'shop.ada',
      source: 'shop',
      acceptedAt: '2026-11-22T10:17:00.000Z',
      run: 2,
      verdict: 'exists',
      body,
    });
    await attempt('created', mailer, {}, { ...record('ada'), messageId: 'a person’s word', body: found });
    expect(sent).toHaveLength(1);
    const event = readTold(told.at(-1));
    expect(event.data).toMatchObject({ outcome: 'existing', run: 2, credentials: { state: 'unconfirmed' } });
    expect(await mailer.decrypt(event)).toEqual({ username: 'ada@example.com', password: sent[0] });
  });
});
