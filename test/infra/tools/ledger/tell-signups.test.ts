import { expect, it } from 'vitest';
import { tellSignups } from '../../../../infra/tools/ledger/tell-signups.ts';
import { item, now, signupId } from './example-item.ts';

const stage = { title: 'prod', word: ' prod', sources: { shop: ['classroom', 'courses'] } };
const asked = { kind: 'id', signupId } as const;

it('names the signup once, and each destination of its source, those without an item too', () => {
  const text = tellSignups(asked, [item()], ['classroom', 'courses'], stage, now);
  expect(text).toMatch(new RegExp(`^${signupId} {2}from shop, reference 1001\n\nclassroom {2}created\n`));
  expect(text).toMatch(/\n\ncourses {2}nothing in the ledger/);
});

it('says nothing of destinations that were not asked for', () => {
  expect(tellSignups(asked, [item()], ['classroom'], stage, now)).not.toContain('courses');
});

it('says why there may be none', () => {
  expect(() => tellSignups(asked, [], ['classroom'], stage, now)).toThrow(
    /no signup shop\.8fk2A+\. .*still in the queue/,
  );
  const email = { kind: 'email', email: 'ada@example.com' } as const;
  expect(() => tellSignups(email, [], ['classroom'], stage, now)).toThrow(
    /of ada@example\.com.*"personalData": "omit".*SOURCE\/REFERENCE/,
  );
});
