import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type AppOptions, createApp } from '../../infra/app.ts';
import { workerBundle } from '../../infra/bundle.ts';
import type { CheckedConfig } from '../../infra/checks/checked-config.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DeletionPolicy: z.string().optional(),
      UpdateReplacePolicy: z.string().optional(),
    }),
  ),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Description: z.string() })),
});

/** A stack's template, as CloudFormation gets it. */
export type Template = z.infer<typeof templateSchema>;

export interface Synthesized {
  readonly template: Template;
  /** The template's file, byte by byte. */
  readonly text: string;
  /** The cloud assembly. */
  readonly outdir: string;
  /** Where the asset folders are. */
  readonly stagesFolder: string;
}

/** Synthesizes one config with empty bundles: what is in them is for the tests of bundles. */
export function synthesize(config: CheckedConfig, options: Partial<AppOptions> = {}): Synthesized {
  const folder = mkdtempSync(join(tmpdir(), 'matriculate-synth-'));
  const bundles = join(folder, 'functions');
  for (const name of ['receive-signup', 'signup-status', ...Object.keys(platforms).map(workerBundle)]) {
    mkdirSync(join(bundles, name), { recursive: true });
    writeFileSync(join(bundles, name, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  const outdir = join(folder, 'cdk.out');
  const stagesFolder = join(folder, 'stages');
  createApp({ configs: [config], nag: false, bundles, stagesFolder, outdir, ...options }).synth();
  const text = readFileSync(join(outdir, `matriculate-${config.stage}.template.json`), 'utf8');
  return { template: templateSchema.parse(JSON.parse(text)), text, outdir, stagesFolder };
}

/** A template's resources of one type, by logical id. */
export const resourcesOf = ({ Resources }: Template, type: string) =>
  Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type === type));

/** The properties of the resources of one type. */
export const propertiesOf = (template: Template, type: string): Readonly<Record<string, unknown>>[] =>
  Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties);
