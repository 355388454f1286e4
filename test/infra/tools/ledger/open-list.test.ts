import { expect, it } from 'vitest';
import { listOpen } from '../../../../infra/tools/ledger/open-list.ts';
import { asOpen } from '../../../../infra/tools/ledger/open-outcomes.ts';
import { ended, item, now, signupId } from './example-item.ts';

const rejected = ended('account', 'rejected', { code: 'mapping', message: 'firstName: is missing' });
const openedAt = '2026-10-23T12:00:00.000Z';

it('counts open outcomes by destination and reason, then lists each with its age', () => {
  const open = [
    item({ steps: [rejected], openedAt }),
    item({ steps: [ended('account', 'unknown')], openedAt }),
  ].flatMap(asOpen);
  const [summary, , head, first] = listOpen(open, now).split('\n');
  expect(summary).toBe('classroom 1 rejected (mapping), 1 unknown (no reason)');
  expect(head).toMatch(/^opened +destination +step +outcome +reason +signup +reference +words$/);
  expect(first).toBe(
    `30 days ago  classroom    account  rejected  mapping  ${signupId}  1001       firstName: is missing`,
  );
});

it('takes nothing for open that has ended well or is under way', () => {
  const waiting = { ...rejected, state: 'waiting', notBefore: 0, reason: { code: 'crashed', message: '' } } as const;
  expect([item(), item({ steps: [waiting] })].flatMap(asOpen)).toEqual([]);
});
