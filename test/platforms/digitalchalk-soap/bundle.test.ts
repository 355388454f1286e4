import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { bundleAliases } from '../../../lambdas/platforms/digitalchalk-soap/bundle.ts';
import { type DigitalChalkSoapSettings, settings } from '../../../lambdas/platforms/digitalchalk-soap/settings.ts';
import type { PlatformAdapter } from '../../../lambdas/platforms/platform.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { startSimulated } from './simulated.ts';

const isAdapter = (value: unknown): value is PlatformAdapter<DigitalChalkSoapSettings> =>
  z.safeParse(z.object({ connect: z.any(), traits: z.any() }), value).success;

it('a bundle without the parts of node-soap that are never called makes an account all the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'digitalchalk-soap-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const outfile = join(folder, 'adapter.mjs');
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, '../../../lambdas/platforms/digitalchalk-soap/adapter.ts')],
    outfile,
    alias: bundleAliases,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const packages = Object.keys(output?.inputs ?? {}).map((path) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  expect(Object.keys(bundleAliases).filter((name) => packages.includes(name))).toEqual([]);
  expect(output?.bytes).toBeLessThan(300_000);

  const { adapter }: { adapter: unknown } = await import(outfile);
  if (!isAdapter(adapter)) throw new Error('the bundle exports no adapter');
  const running = await startSimulated();
  const destination = { url: running.url, duplicates: 'refused', settings: settings.schema.parse({}) } as const;
  const account = adapter.connect(destination, { now: Date.now }).open(running.secret);
  if ('problem' in account) throw new Error(account.problem);
  expect(await account.createAccount(callWith(signupWith()))).toMatchObject({ kind: 'created' });
});
