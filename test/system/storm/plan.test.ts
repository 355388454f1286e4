import { expect, it } from 'vitest';
import { planStorm } from './plan.ts';

const wish = { signups: 1000, kills: 50, rate: 15 };

it('is the same for the same seed, and another for another', () => {
  expect(planStorm({ ...wish, seed: 1 })).toEqual(planStorm({ ...wish, seed: 1 }));
  expect(planStorm({ ...wish, seed: 1 })).not.toEqual(planStorm({ ...wish, seed: 2 }));
});

it('plans exactly so many kills, lost replies and duplicates, over both platforms', () => {
  const { signups, kills } = planStorm({ ...wish, seed: 3 });
  expect(kills).toHaveLength(50);
  expect(signups.filter(({ losesReply }) => losesReply)).toHaveLength(50);
  expect(Map.groupBy(signups, ({ duplicate }) => duplicate).get('delivery')).toHaveLength(50);
  expect(Map.groupBy(signups, ({ duplicate }) => duplicate).get('message')).toHaveLength(50);
  for (const destination of ['classroom', 'courses'])
    expect(signups.filter((signup) => signup.destination === destination).length).toBeGreaterThan(400);
});
