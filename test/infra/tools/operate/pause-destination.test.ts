import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeSession } from '../../../../infra/tools/operate/change-session.ts';
import { chosenDestination } from '../../../../infra/tools/operate/chosen-destination.ts';
import { pauseDestination, resumeDestination } from '../../../../infra/tools/operate/pause-destination.ts';
import { createLedger } from '../../../../lambdas/aws/table.ts';
import { blankSession } from '../../../../lambdas/signups/ledger.ts';
import { check, largest } from '../../example-config.ts';
import { type StageOnStores, stageOnStores } from './stage-on-stores.ts';

let stage: StageOnStores;
beforeAll(async () => {
  stage = await stageOnStores(check(largest));
});
afterAll(() => stage.stop());

const session = () => createLedger(stage.dynamodb, stage.tableName).sessions.read('classroom#session');

it('notes who paused a destination and why, beside what is there, and takes it away again', async () => {
  await changeSession(stage, 'classroom', (item) => ({ ...item, generation: 7 }));
  const told = await pauseDestination(stage, 'classroom', { by: 'ann@desk', why: 'they move house', now: 0 });
  expect(told).toMatch(/^classroom of prod is paused/);
  expect(told).toContain('npm run resume prod classroom');
  expect(told).toContain('gives up 3 days after it came');
  const paused = { by: 'ann@desk', why: 'they move house', at: '1970-01-01T00:00:00.000Z' };
  expect(await session()).toMatchObject({ generation: 7, paused });
  expect(await resumeDestination(stage, 'classroom')).toMatch(
    /^classroom of prod goes on.*ann@desk had paused it at 1970.*: they move house/,
  );
  expect(await session()).toMatchObject({ generation: 7 });
  expect(await session()).not.toHaveProperty('paused');
  expect(await resumeDestination(stage, 'classroom')).toBe('classroom of prod was not paused.');
});

it('says how soon the last of those that wait comes back', async () => {
  const after = async (giveUpAfter: string) => {
    const destinations = { ...largest.destinations, classroom: { ...largest.destinations.classroom, giveUpAfter } };
    const patient = { ...stage, config: check({ ...largest, destinations }) };
    await pauseDestination(patient, 'classroom', { by: 'ann@desk', why: 'they move house', now: 0 });
    return resumeDestination(patient, 'classroom');
  };
  expect(await after('2h')).toContain('within 15 minutes');
  expect(await after('72h')).toContain('within 22 minutes');
});

it('loses nothing of what others write at the same moment', async () => {
  const count = () => changeSession(stage, 'academy', (item) => ({ ...item, generation: item.generation + 1 }));
  await Promise.all(Array.from({ length: 8 }, count));
  expect((await createLedger(stage.dynamodb, stage.tableName).sessions.read('academy#session'))?.generation).toBe(8);
});

it('writes the first item of a destination that nobody has worked for yet', async () => {
  const other = await stageOnStores(check(largest));
  await pauseDestination(other, 'academy', { by: 'b', why: 'w', now: 0 });
  const written = await createLedger(other.dynamodb, other.tableName).sessions.read('academy#session');
  expect(written).toMatchObject({ ...blankSession('academy'), writeId: expect.any(String), paused: { by: 'b' } });
  await other.stop();
});

it('asks which destination, and says which there are', () => {
  expect(() => chosenDestination(undefined, stage, 'usage')).toThrow(
    /Which destination\? usage; in prod there are classroom, academy/,
  );
  expect(() => chosenDestination('prdo', stage, 'usage')).toThrow(/prdo is neither a stage nor a destination/);
  expect(chosenDestination('academy', stage, 'usage')).toBe('academy');
});
