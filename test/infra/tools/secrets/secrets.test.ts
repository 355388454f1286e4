import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { revokeSecret, rotateSecret, setSecret } from '../../../../infra/tools/secrets/change-secret.ts';
import { checkSecrets, showSecrets } from '../../../../infra/tools/secrets/check-secrets.ts';
import { readSecret } from '../../../../infra/tools/secrets/kept-secret.ts';
import { namedSecret } from '../../../../infra/tools/secrets/named-secret.ts';
import { createSecretStore } from '../../../../lambdas/aws/secrets.ts';
import { mayAsk } from '../../../../lambdas/signup-status/status-access.ts';
import { makeStatusKey } from '../../../../lambdas/signups/status-key.ts';
import { check, largest, smallest } from '../../example-config.ts';
import { answers } from '../answers.ts';
import { type StageOnStores, stageOnStores } from '../operate/stage-on-stores.ts';

const config = check({
  ...largest,
  sources: { ...largest.sources, crm: { preset: 'standard-webhooks', to: ['academy'] } },
});
let stage: StageOnStores;
beforeEach(async () => {
  stage = await stageOnStores(config);
});
afterEach(() => stage.stop());

const secret = (name: string) => namedSecret(name, config);
const value = async (name: string) => (await readSecret(stage.secretsManager, secret(name).secretId))?.value;
const previous = async (name: string) => (await readSecret(stage.secretsManager, secret(name).secretId))?.previous;
const put = (name: string, json: unknown) => stage.secrets.put(secret(name).secretId, JSON.stringify(json));

describe('a secret is set', () => {
  it('to a key that is made, in the spelling of the source’s scheme, and shown this once', async () => {
    const told = await setSecret(secret('crm'), stage, answers(''));
    const [key] = (await value('crm')) && JSON.parse(JSON.stringify(await value('crm'))).keys;
    expect(key).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(told).toContain(`Paste this key into crm`);
    expect(told).toContain(key);
  });

  it('to the key that the sender shows, which is asked for without echo and not repeated', async () => {
    const somebody = answers('a-key-of-the-shop-itself');
    const told = await setSecret(secret('shop'), stage, somebody);
    expect(somebody.asked).toEqual([expect.stringMatching(/^\(hidden\) sources\/shop: /)]);
    expect(await value('shop')).toEqual({ keys: ['a-key-of-the-shop-itself'] });
    expect(told).not.toContain('a-key-of');
  });

  it('to a vendor’s credentials, key by key', async () => {
    const somebody = answers('12345', 'k'.repeat(32));
    await setSecret(secret('classroom'), stage, somebody);
    expect(somebody.asked).toEqual([expect.stringMatching(/hidden.*cid/), expect.stringMatching(/hidden.*appKey/)]);
    expect(await value('classroom')).toEqual({ cid: '12345', appKey: 'k'.repeat(32) });
  });

  it('not at all to what can’t be right, and the message repeats none of it', async () => {
    await expect(setSecret(secret('crm'), stage, answers('c4n4ry'))).rejects.toThrow(
      /^sources\/crm: .*Nothing was changed/,
    );
    await expect(setSecret(secret('classroom'), stage, answers('12345', 'c4n4ry'))).rejects.toThrow(
      /^destinations\/classroom: .*32 characters/,
    );
    await expect(setSecret(secret('classroom'), stage, answers('12345', 'c4n4ry'))).rejects.not.toThrow(/c4n4ry/);
    expect(await value('classroom')).toEqual({});
  });

  it('not by hand where it was generated', async () => {
    await expect(setSecret(secret('status'), stage, answers())).rejects.toThrow(/was generated.*rotate status\.$/);
    await expect(setSecret(secret('ledger'), stage, answers())).rejects.toThrow(/was generated.*never changed\.$/);
  });
});

describe('a source’s key is rotated', () => {
  it('beside the one in use, which stays good until it is revoked; then neither it nor the version before is', async () => {
    put('shop', { keys: ['the-first-key-of-all'] });
    await rotateSecret(secret('shop'), stage, answers('the-second-key-of-all'));
    expect(await value('shop')).toEqual({ keys: ['the-second-key-of-all', 'the-first-key-of-all'] });
    const told = await revokeSecret(secret('shop'), stage);
    expect(told).toMatch(/only the newest is good/);
    expect(await value('shop')).toEqual({ keys: ['the-second-key-of-all'] });
    expect(await previous('shop')).toBeUndefined();
    expect(await revokeSecret(secret('shop'), stage)).toMatch(/nothing was revoked/);
  });

  it('again, before the sender has the new one, and the one that it signs with stays good all the same', async () => {
    put('shop', { keys: ['the-second-key-of-all', 'the-first-key-of-all'] });
    const told = await rotateSecret(secret('shop'), stage, answers('the-third-key-of-all'));
    expect(told).toContain('sources/shop of prod: the new key is good from now on, and so are the 2 before.');
    expect(await value('shop')).toEqual({
      keys: ['the-third-key-of-all', 'the-second-key-of-all', 'the-first-key-of-all'],
    });
    await revokeSecret(secret('shop'), stage);
    expect(await value('shop')).toEqual({ keys: ['the-third-key-of-all'] });
  });
});

it('never makes a new key of the ledger', async () => {
  await expect(rotateSecret(secret('ledger'), stage, answers('y'))).rejects.toThrow(/never rotated/);
});

describe('the status’s key is rotated', () => {
  it('and the addresses made with the one before stay good until it is revoked', async () => {
    put('status', { key: 'x'.repeat(64) });
    const isGood = () => {
      const store = createSecretStore(stage.secretsManager, { lifeMs: 1, now: Date.now, random: Math.random });
      return mayAsk('shop.1', makeStatusKey('shop.1', 'x'.repeat(64)), config.stage, store);
    };
    expect(await rotateSecret(secret('status'), stage, answers('y'))).toMatch(
      /stay good.*npm run secrets prod revoke status/s,
    );
    expect(await isGood()).toBe(true);
    expect(await revokeSecret(secret('status'), stage)).toContain('only the newest is good');
    expect(await isGood()).toBe(false);
  });

  it('a second time only if somebody says yes, for older addresses end with it', async () => {
    await rotateSecret(secret('status'), stage, answers());
    const first = await value('status');
    expect(await rotateSecret(secret('status'), stage, answers('n'))).toBe('Nothing was changed.');
    expect(await value('status')).toEqual(first);
    await rotateSecret(secret('status'), stage, answers('y'));
    expect(await value('status')).toEqual({ key: expect.stringMatching(/^[\w-]{64}$/) });
    expect(await value('status')).not.toEqual(first);
  });
});

it('says which are filled, which are empty and which are wrong, and nothing of what is in them', async () => {
  put('shop', { keys: ['c4n4ry'] });
  put('crm', { keys: ['c4n4ry'] });
  put('academy', { accessKey: 'c4n4ry' });
  put('ledger', { key: 'c4n4ry-c4n4ry-c4n4ry' });
  const told = showSecrets(await checkSecrets(stage, Date.now()), ' prod');
  const line = (name: string) => told.split('\n').find((each) => each.startsWith(name));
  expect(line('sources/shop')).toMatch(
    /filled: 1 key, one of which is short.*; changed 0 seconds ago, the version before is kept/,
  );
  expect(line('sources/crm')).toMatch(/WRONG: key 1 .*npm run secrets prod set sources\/crm/);
  expect(line('sources/own-site')).toMatch(/EMPTY: npm run secrets prod set sources\/own-site/);
  expect(line('destinations/academy')).toMatch(/WRONG: secretKey/);
  expect(line('ledger')).toMatch(/filled/);
  expect(line('status')).toMatch(/EMPTY/);
  expect(told).not.toContain('c4n4ry');
});

it('tells a secret that is not there from an empty one', async () => {
  const other = check({ ...smallest, sources: { blog: smallest.sources.shop } });
  const [blog] = await checkSecrets({ ...stage, config: other }, Date.now());
  expect(blog?.judgement).toEqual({ kind: 'wrong', problem: 'is not there; is the stage deployed?' });
});

it('finds a secret by its short name, unless two are called so', () => {
  expect(secret('shop').name).toBe('sources/shop');
  expect(() => namedSecret('nobody', config)).toThrow(/^nobody is no secret. There are sources\/shop, .*ledger/);
  const { classroom } = smallest.destinations;
  const twins = check({ ...smallest, destinations: { shop: classroom } });
  expect(() => namedSecret('shop', twins)).toThrow(/say sources\/shop or destinations\/shop/);
});
