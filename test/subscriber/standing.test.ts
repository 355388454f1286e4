import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { standingOf, streamOf } from '../../lambdas/subscriber/standing.ts';

const example = eventSchema.parse(JSON.parse(exampleEvents[0]?.text ?? ''));

/** The event of a run, in one of two steps that count their events together. */
const eventOf = (step: string, run: number, sequence: number) => ({
  ...example,
  id: `shop.x/classroom/${step}/${run}`,
  sequence: String(sequence).padStart(10, '0'),
});

it('takes the first event, no copy of it, and nothing of an earlier run after a later one', () => {
  const first = eventOf('account', 1, 9);
  const second = eventOf('account', 2, 10);
  expect(standingOf(first, undefined)).toBe('new');
  expect(standingOf(first, first.sequence)).toBe('duplicate');
  expect(standingOf(second, first.sequence)).toBe('new');
  expect(standingOf(first, second.sequence)).toBe('older');
});

it('keeps steps apart: an account is no older news than the course that came after it', () => {
  expect(streamOf(eventOf('account', 1, 1))).not.toBe(streamOf(eventOf('registration:analysis/101', 1, 2)));
  expect(streamOf(eventOf('registration:analysis/101', 1, 2))).toBe('shop.x/classroom/registration:analysis/101');
});

it('ends with the newest run, worked on once, whatever is doubled and in whatever order it comes', () => {
  const runs = Array.from({ length: 12 }, (_, index) => eventOf('account', index + 1, index + 1));
  const deliveries = fc.array(fc.constantFrom(...runs), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(deliveries, (events) => {
      const newest = new Map<string, string>();
      const worked: string[] = [];
      for (const event of events) {
        if (standingOf(event, newest.get(streamOf(event))) !== 'new') continue;
        newest.set(streamOf(event), event.sequence);
        worked.push(event.sequence);
      }
      expect(worked.at(-1)).toBe(
        events
          .map(({ sequence }) => sequence)
          .toSorted()
          .at(-1),
      );
      expect(worked).toEqual([...new Set(worked)].sort());
    }),
  );
});
