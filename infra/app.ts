import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { TimeLimits } from '../lambdas/provision-user/config.ts';
import { bundle, functionsFolder, workerBundle } from './bundle.ts';
import type { CheckedConfig } from './checks/checked-config.ts';
import { configFolder, readConfig, stagesIn } from './config.ts';
import { checkByNag } from './constructs/nag.ts';
import { stackName } from './constructs/names.ts';
import { provisionUserConfig, receiveSignupConfig, signupStatusConfig } from './function-configs.ts';
import { SignupStack } from './signup-stack.ts';
import { productionTimeLimits } from './time-limits.ts';
import { runTool } from './tools/tool-error.ts';

export interface AppOptions {
  /** One stack each. */
  readonly configs: readonly CheckedConfig[];
  /** Production's, if absent. */
  readonly timeLimits?: TimeLimits;
  /** Addresses for destinations that have none, by the destination's id: simulators, on this machine. */
  readonly vendorUrls?: Readonly<Record<string, string>>;
  /** Where the cloud assembly goes; `cdk.out` (or where the CDK CLI says), if absent. */
  readonly outdir?: string;
  /** Where {@link bundle} put the functions. */
  readonly bundles?: string;
  /** Whether `synth()` fails on findings of cdk-nag; it does, if absent. */
  readonly nag?: boolean;
  /** Where each stage's asset folders go. */
  readonly stagesFolder?: string;
}

const root = join(import.meta.dirname, '..');

/**
 * The app with one stack `matriculate-{stage}` per config, its assets written; `synth()` is the caller's. The functions must have been
 * bundled before.
 *
 * @throws Error where a destination has no address, time limits are in the wrong order, or a bundle is missing
 */
export function createApp(options: AppOptions): App {
  const { timeLimits = productionTimeLimits, bundles = functionsFolder } = options;
  const stagesFolder = options.stagesFolder ?? join(root, 'build', 'stages');
  const app = new App({ ...(options.outdir !== undefined && { outdir: options.outdir }), analyticsReporting: false });
  if (options.nag ?? true) checkByNag(app);
  for (const config of options.configs) {
    const { stage, account, region } = config;
    const folder = join(stagesFolder, stage);
    rmSync(folder, { recursive: true, force: true });
    const writeAsset = (name: string, bundleName: string, functionConfig: unknown) => {
      const to = join(folder, name);
      mkdirSync(to, { recursive: true });
      cpSync(join(bundles, bundleName, 'index.mjs'), join(to, 'index.mjs'));
      writeFileSync(join(to, 'config.json'), `${JSON.stringify(functionConfig, null, 2)}\n`);
    };
    writeAsset('receive-signup', 'receive-signup', receiveSignupConfig(config));
    writeAsset('signup-status', 'signup-status', signupStatusConfig(config));
    for (const [id, { platform }] of Object.entries(config.destinations))
      writeAsset(
        `provision-${id}`,
        workerBundle(platform),
        provisionUserConfig(config, id, timeLimits, options.vendorUrls),
      );
    new SignupStack(app, stackName(stage), {
      config,
      timeLimits,
      folderOf: (name) => join(folder, name),
      env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    });
  }
  return app;
}

export interface BundledAppOptions extends Pick<AppOptions, 'bundles' | 'stagesFolder' | 'outdir'> {
  /** The stage that is wanted alone: what the CDK then does without naming a stack, it does in that stage's account. All, if absent. */
  readonly only?: string;
  /** Where the configs are. */
  readonly configs?: string;
}

/** Bundles, and makes the app of every stage that has a config, or of one of them; all are checked. @throws ConfigError with a config's mistakes */
export async function bundledApp({ only, configs = configFolder, ...places }: BundledAppOptions = {}): Promise<App> {
  const stages = stagesIn(configs);
  const checked = await Promise.all(stages.map((stage) => readConfig(join(configs, `${stage}.json`), stages)));
  await bundle(places.bundles);
  return createApp({
    configs: checked.filter(({ stage }) => only === undefined || stage === only),
    ...(process.env.CDK_OUTDIR === undefined && { outdir: join(root, 'cdk.out') }),
    ...places,
  });
}

// What cdk.json starts. The CLI says by CDK_OUTDIR where it wants the assembly.
if (import.meta.main)
  await runTool(async () => {
    (await bundledApp()).synth();
    return true;
  });
