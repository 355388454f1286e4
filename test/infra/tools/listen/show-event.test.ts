import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exampleEvents } from '../../../../infra/contract/example-events.ts';
import { understand } from '../../../../infra/tools/listen/heard-event.ts';
import { eventJson, showEvent } from '../../../../infra/tools/listen/show-event.ts';
import { readPrivateKeys } from '../../../../lambdas/subscriber/private-keys.ts';
import { contractFolder } from '../../../fixtures/event-schemas.ts';

const keys = readPrivateKeys(readFileSync(join(contractFolder, 'example/recipient.private.json'), 'utf8'));
const at = Date.parse('2026-11-22T10:17:04.200Z');
const textOf = (name: string) => exampleEvents.find((example) => example.name === name)?.text ?? '';
const shown = async (text: string, opened = false) =>
  stripVTControlCharacters(showEvent(await understand(text, at, opened ? keys : undefined)));

describe('an event is shown', () => {
  it('as what became of whom, with what else there is to know below', async () => {
    expect(await shown(textOf('created'))).toBe(
      [
        '10:17:04.200  created    shop → classroom  Ada Lovelace <ada@example.com>',
        '                         account 9041 ada9041 student · credentials encrypted · reference 1001',
        '                         shop.Zk4vZr2mT0aJqWnX1yQe5g/classroom/account/1 · event 1 · 1 call · 0.3 s after the 202',
      ].join('\n'),
    );
  });

  it('with the credentials, where a recipient’s keys are at hand', async () => {
    expect(await shown(textOf('created'), true)).toContain('username ada9041, password correct-horse-battery-staple');
    expect(await shown(textOf('created'))).not.toContain('correct-horse');
  });

  it('with its reason', async () => {
    expect(await shown(textOf('rejected-by-the-mapping'))).toContain('mapping: email: is missing');
  });

  it('with its offering, and its mark as a sample', async () => {
    expect(await shown(textOf('registration-created'))).toContain('<ada@example.com> for analysis-101');
    expect(await shown(textOf('sample'))).toMatch(/<ada@example.com> {2}sample\n/);
  });

  it('with what hindered its decryption', async () => {
    const { text } = { text: textOf('created') };
    const heard = await understand(text, at, new Map());
    expect(stripVTControlCharacters(showEvent(heard))).toContain('it was encrypted to example-1');
  });

  it('as it came, if it is none of ours', async () => {
    expect(await shown('hello')).toContain('hello');
    expect(await shown('{"type":"somebody.else.v1"}')).toContain('somebody.else.v1');
  });
});

describe('an event as JSON', () => {
  it.each(exampleEvents)('is its exact text: $name', async ({ text }) => {
    expect(eventJson(await understand(text, at, undefined), false)).toBe(text);
  });

  it('has what a recipient reads behind it, where that was asked for', async () => {
    const json = JSON.parse(eventJson(await understand(textOf('created'), at, keys), true));
    expect(json).toEqual({
      ...JSON.parse(textOf('created')),
      decrypted: { username: 'ada9041', password: 'correct-horse-battery-staple' },
    });
  });
});
