import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle, bundleEntries, workerBundle } from '../../infra/bundle.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { createRecipient } from '../fixtures/recipient.ts';
import { type Child, startChild } from './child.ts';
import { descriptionSchema, type StackDescription, type StackOptions } from './stack-protocol.ts';

/** A stack in a process of its own. */
export interface BenchStack extends Child {
  readonly description: StackDescription;
}

/** Where everything lies that a bench needs, and what ends with it. */
export interface Workshop {
  readonly folder: string;
  /** The log of every process that a bench starts. */
  readonly log: string;
  /** Bytes of each function's bundle. */
  readonly bytes: Readonly<Record<string, number>>;
  /** A floor's bundle, by the name of its file. */
  readonly floor: (name: string) => string;
  /** The folder with the obvious way's bundle. */
  readonly peer: string;
  readonly startStack: (
    destinations: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    options: Pick<StackOptions, 'latencyMs' | 'polled'>,
  ) => Promise<BenchStack>;
  /** Ends what is still running, and removes the folder. */
  readonly close: () => Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

export async function openWorkshop(): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'matriculate-bench-'));
  const log = join(folder, 'processes.log');
  const ours = join(folder, 'ours');
  const floors = join(folder, 'floors');
  const peer = join(folder, 'peer');
  const names = ['receive-signup', 'accept-webhook', ...Object.keys(platforms).map(workerBundle)];
  const entries = names.map((name) => [name, `test/bench/floors/${name}.ts`]);
  const [{ bytes }, { publicKey }] = await Promise.all([
    bundle(ours),
    createRecipient('mailer-1'),
    bundleEntries(Object.fromEntries(entries), floors),
    bundlePeer(peer),
  ]);
  const running: Child[] = [];
  return {
    folder,
    log,
    bytes,
    floor: (name) => join(floors, name, 'index.mjs'),
    peer,
    startStack: async (destinations, { latencyMs, polled }) => {
      const directory = mkdtempSync(join(folder, 'stack-'));
      const config = {
        sources: { shop: { preset: 'standard-webhooks', to: Object.keys(destinations).slice(0, 1) } },
        destinations,
        recipients: { mailer: publicKey },
      };
      const options: StackOptions = { directory, config, bundles: ours, latencyMs, polled };
      const child = await startChild('stack.ts', { args: [JSON.stringify(options)], log });
      running.push(child);
      return { ...child, description: await child.ask({ ask: 'description' }, descriptionSchema) };
    },
    close: async () => {
      await Promise.all(running.map((child) => child.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Bundled as its author would: everything in one minified ES module. */
async function bundlePeer(outdir: string): Promise<void> {
  mkdirSync(outdir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/bench/peer/index.ts'],
    outfile: join(outdir, 'index.mjs'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'silent',
  });
}
