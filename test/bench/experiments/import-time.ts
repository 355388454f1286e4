import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { workerBundle } from '../../../infra/bundle.ts';
import { type Figure, figureInTurn, round } from '../figure.ts';
import { functionStart } from '../function-start.ts';
import { lowest, ratioOf } from '../statistics.ts';
import type { BenchStack, Workshop } from '../workshop.ts';

/** Each bundle is imported by so many processes of its own, in turn with its floor. */
const rounds = 15;
const script = fileURLToPath(new URL('../processes/import-once.mjs', import.meta.url));
const tookSchema = z.object({ cpuMs: z.number(), wallMs: z.number() });
type Took = z.infer<typeof tookSchema>;

/** @param stack one with every platform as a destination of the platform's name */
export function importTimes({ floor }: Workshop, stack: BenchStack, platforms: readonly string[]): Figure[] {
  const functions = [
    { name: 'receive-signup', bundle: 'receive-signup', key: 'ingest_import_ratio' },
    ...platforms.map((platform) => ({
      name: `provision-${platform}`,
      bundle: workerBundle(platform),
      key: 'worker_import_ratio',
      part: platform,
    })),
  ].map((one) => ({ ...one, start: functionStart(one.name, stack.description), took: [] as [Took, Took][] }));

  for (let round = 0; round < rounds; round++)
    for (const { bundle, start, took } of functions) {
      const floors = importOnce(floor(bundle), start.environment);
      took.push([floors, importOnce(start.module, start.environment)]);
    }

  return functions.map(({ key, bundle, took, ...rest }) => {
    const cpu = ratioOf(
      took.map(([floors, ours]) => ({ floor: floors.cpuMs, ours: ours.cpuMs })),
      lowest,
    );
    const wall = ratioOf(
      took.map(([floors, ours]) => ({ floor: floors.wallMs, ours: ours.wallMs })),
      lowest,
    );
    return figureInTurn(
      {
        key,
        ...('part' in rest ? { part: rest.part } : {}),
        title: `import of ${bundle}, CPU`,
        unit: 'ms',
        reach: 1.3,
        raw: { processes: rounds, wall_floor_ms: wall.floor, wall_ms: wall.ours, wall_ratio: round(wall.ratio) },
      },
      cpu,
    );
  });
}

function importOnce(module: string, env: Readonly<Record<string, string>>): Took {
  const printed = execFileSync(process.execPath, [script, module], { env, encoding: 'utf8' });
  return tookSchema.parse(JSON.parse(printed.split('\n').at(-1) ?? ''));
}
