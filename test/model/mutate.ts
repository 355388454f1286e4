import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Mutant, mutants } from './mutants.ts';

const root = new URL('../../', import.meta.url);

/**
 * Patches the real code as it is loaded, in this thread; so it must come before the first import of what it patches.
 *
 * @throws Error where there is no such mutant, or the code has changed so that its patch does not fit any more
 */
export function mutate(name: string): Mutant {
  const mutant = mutants.find((each) => each.name === name);
  if (mutant === undefined)
    throw new Error(`there is no mutant ${name}; there are ${mutants.map((each) => each.name).join(' ')}`);
  const sources = patched(mutant);
  registerHooks({
    load: (url, context, nextLoad) => {
      const source = sources.get(url);
      return source === undefined
        ? nextLoad(url, context)
        : { format: 'module-typescript', source, shortCircuit: true };
    },
  });
  return mutant;
}

/** The mutant's files, by their URLs. */
export function patched({ name, patches }: Mutant): Map<string, string> {
  const sources = new Map<string, string>();
  for (const { file, find, replace } of patches) {
    const { href } = new URL(file, root);
    const source = sources.get(href) ?? readFileSync(fileURLToPath(href), 'utf8');
    const found = source.split(find).length - 1;
    if (found !== 1)
      throw new Error(`mutant ${name}: ${file} holds its snippet ${found} times; mend the mutant:\n${find}`);
    sources.set(
      href,
      source.replace(find, () => replace),
    );
  }
  return sources;
}
