import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';
import type { Attack } from './attack.ts';
import { floodAttack } from './flood.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { messageAttacks } from './messages.ts';
import { nameAttacks } from './names.ts';
import { payloadAttacks } from './payloads.ts';
import { replyAttacks } from './replies.ts';
import { requestAttacks } from './requests.ts';
import { signedAttacks } from './signed.ts';
import { statusAttacks } from './status-requests.ts';

/** Everything hostile that we could think of, at every place where something comes in; `reports/hostile.md` has the table. */

vi.setConfig({ testTimeout: 120_000 });

const attacks: readonly Attack[] = [
  ...requestAttacks,
  floodAttack,
  ...signedAttacks,
  ...statusAttacks,
  ...payloadAttacks,
  ...messageAttacks,
  ...nameAttacks,
  ...replyAttacks,
];

const rows: string[] = [];
let total = 0;

test.each(attacks)('$target: $what', async ({ target, what, allowed, run }) => {
  const tally = new Map<string, number>();
  const measured = await run((answer, count = 1) => void tally.set(answer, (tally.get(answer) ?? 0) + count));
  expect(allowed).toEqual(expect.arrayContaining([...tally.keys()]));
  const tried = [...tally.values()].reduce((sum, count) => sum + count, 0);
  expect(tried).toBeGreaterThan(0);
  total += tried;
  const came = [...tally].map(([answer, count]) => `${answer} ×${count.toLocaleString('en')}`).join(', ');
  rows.push(`| ${target} | ${what} | ${tried.toLocaleString('en')} | ${came}${measured ? `; ${measured}` : ''} |`);
});

afterAll(() => {
  const bodies = hostileBodies.map(([what]) => what).join('; ');
  const lines = [
    '# Hostile inputs',
    '',
    `${total.toLocaleString('en')} in all. No crash, no 5xx, nothing let in.`,
    '',
    '| at | what | tried | what came of it |',
    '|---|---|---|---|',
    ...rows,
    '',
    `The hostile bodies: ${bodies}.`,
    '',
  ];
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/hostile.md', lines.join('\n'));
});
