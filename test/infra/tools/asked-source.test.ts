import { expect, it } from 'vitest';
import { readAskedStage } from '../../../infra/tools/asked-source.ts';

it('a stage is the first word, and none means the stack on this machine', async () => {
  expect(await readAskedStage(['dev', 'classroom'], undefined)).toMatchObject({ stage: 'dev', words: ['classroom'] });
  expect(await readAskedStage(['classroom', 'why'], undefined)).toMatchObject({ stage: undefined });
});

it('a stage that comes second is not taken for something else, on another stack', async () => {
  await expect(readAskedStage(['classroom', 'dev'], undefined)).rejects.toThrow(
    'dev is a stage, and a stage comes first: dev classroom',
  );
});
