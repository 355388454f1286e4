import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { z } from 'zod';
import { bundleAliases as awsAliases } from '../lambdas/aws/bundle.ts';
import { bundleAliases as platformAliases } from '../lambdas/platforms/bundle.ts';
import { platforms } from '../lambdas/platforms/registry.ts';

const root = join(import.meta.dirname, '..');

/** Where the functions' code lies after {@link bundle}; `config.json` joins it in each stage's own folder at synth. */
export const functionsFolder = join(root, 'build', 'functions');

/** A platform's worker: one bundle each, so that a vendor's client weighs on nobody else's cold start. */
export const workerBundle = (platform: string): string => `provision-user-${platform}`;

/** CommonJS parts call `require`, which an ES module lacks. */
const requireBanner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);\n";

/** The composition root of each platform's worker: the handler, bound to the platform's adapter. */
const workerEntries: Plugin = {
  name: 'worker-entries',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^provision-user:/ }, ({ path }) => ({ path, namespace: 'worker' }));
    onLoad({ filter: /.*/, namespace: 'worker' }, ({ path }) => ({
      contents: [
        `import { adapter } from './platforms/${path.slice('provision-user:'.length)}/adapter.ts';`,
        "import { provisionUser } from './provision-user/index.ts';",
        'export const handler = provisionUser(adapter);',
      ].join('\n'),
      resolveDir: join(root, 'lambdas'),
    }));
  },
};

/** Each AWS client imports the whole of its package.json for the sake of its version. */
const clientVersions: Plugin = {
  name: 'client-versions',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/[^/]+\/package\.json$/ }, async ({ path }) => {
      const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(path, 'utf8')));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** What {@link bundle} made. */
export interface Bundles {
  /** Bytes by function. */
  readonly bytes: Readonly<Record<string, number>>;
  /** What is in them, for whoever wants to know why one has grown. */
  readonly metafile: Metafile;
}

/**
 * Bundles every function in one esbuild run into `build/functions/{function}/index.mjs`, dependencies and AWS clients included.
 *
 * @throws BuildFailure where something does not resolve or parse
 */
export const bundle = (outdir: string = functionsFolder): Promise<Bundles> =>
  bundleEntries(
    {
      'receive-signup': 'lambdas/receive-signup/index.ts',
      'signup-status': 'lambdas/signup-status/index.ts',
      ...Object.fromEntries(Object.keys(platforms).map((name) => [workerBundle(name), `provision-user:${name}`])),
    },
    outdir,
  );

/**
 * Bundles modules as {@link bundle} bundles the functions.
 *
 * @param entries the bundles' names to their modules, from the repository's root
 */
export async function bundleEntries(entries: Readonly<Record<string, string>>, outdir: string): Promise<Bundles> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([name, module]) => ({ in: module, out: `${name}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // ES modules first: CommonJS twins can't be shaken.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    alias: { ...awsAliases, ...platformAliases },
    plugins: [workerEntries, clientVersions],
    logLevel: 'silent',
  });

  await rm(outdir, { recursive: true, force: true });
  const bytes: Record<string, number> = {};
  for (const { path, contents } of result.outputFiles) {
    const output = result.metafile.outputs[relative(root, path)];
    const requires = output?.imports.some(({ kind }) => kind === 'require-call') ?? true;
    const code = requires ? Buffer.concat([Buffer.from(requireBanner), contents]) : contents;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, code);
    bytes[relative(outdir, dirname(path))] = code.byteLength;
  }
  return { bytes, metafile: result.metafile };
}
