import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() })),
});
type Template = z.infer<typeof templateSchema>;

const templatesIn = (assembly: string): { file: string; template: Template }[] =>
  readdirSync(assembly)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(assembly, name))
    .map((file) => ({ file, template: templateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) }));

/** Switches off a synthesized stack's event source mappings: signups are taken in, and nobody works on them. */
export function withoutPollers(assembly: string): void {
  for (const { file, template } of templatesIn(assembly)) {
    for (const resource of Object.values(template.Resources))
      if (resource.Type === 'AWS::Lambda::EventSourceMapping')
        resource.Properties = { ...resource.Properties, Enabled: false };
    writeFileSync(file, JSON.stringify(template));
  }
}

const functionSchema = z.object({ FunctionName: z.string(), MemorySize: z.number() });

/** What each function is given, in megabytes, by the part of its name that comes after the stack's. */
export const memoryOf = (assembly: string, stackName: string): Record<string, number> =>
  Object.fromEntries(
    templatesIn(assembly)
      .flatMap(({ template }) => Object.values(template.Resources))
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => functionSchema.parse(Properties))
      .map(({ FunctionName, MemorySize }) => [FunctionName.replace(`${stackName}-`, ''), MemorySize]),
  );
