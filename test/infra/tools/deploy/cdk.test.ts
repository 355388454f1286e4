import { expect, it } from 'vitest';
import { runCdk } from '../../../../infra/tools/deploy/cdk.ts';
import { check, smallest } from '../../example-config.ts';
import { synthesize } from '../../synthesize.ts';

it('runs the CDK on the assembly that was synthesized, and says how that ended', { timeout: 60_000 }, async () => {
  const { outdir } = synthesize(check(smallest));
  const listed = await runCdk(outdir, ['list']);
  expect(listed).toMatchObject({ code: 0, said: expect.stringContaining('matriculate-prod') });
  expect((await runCdk(outdir, ['no-such-command'])).code).not.toBe(0);
});
