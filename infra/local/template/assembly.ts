import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});

const assetsSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({ source: z.object({ path: z.string().optional(), packaging: z.string().optional() }) }),
    )
    .default({}),
});

export type Resource = z.infer<typeof resourceSchema>;
export type Template = z.infer<typeof templateSchema>;

/** What `cdk synth` writes for one stack. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** The folder or file of each asset, by its hash, which begins the asset's key in the template. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * Reads a cloud assembly that holds one stack.
 *
 * @param directory where the assembly was written, such as `cdk.out`
 * @throws Error naming the folder or file where it holds no stack, several, or no template
 */
export function readAssembly(directory: string): Assembly {
  const suffix = '.template.json';
  const [file, ...others] = readdirSync(directory).filter((name) => name.endsWith(suffix));
  if (!file || others.length > 0)
    throw new Error(
      `${directory} holds ${file ? 'several stacks' : 'no *.template.json'}: synthesize one stack into it`,
    );
  const stackName = file.slice(0, -suffix.length);
  const template = templateSchema.parse(readJson(join(directory, file)));
  const { files } = assetsSchema.parse(readJson(join(directory, `${stackName}.assets.json`)));
  const assets = Object.entries(files).flatMap(([hash, { source }]): [string, string][] =>
    source.path === undefined ? [] : [[hash, join(directory, source.path)]],
  );
  return { stackName, template, assets: new Map(assets) };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
