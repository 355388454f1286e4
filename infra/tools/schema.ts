import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { configJsonSchema } from '../checks/json-schema.ts';
import { configFolder } from '../config.ts';
import { presets } from '../presets/registry.ts';

/** `npm run schema`: writes `infra/config/schema.json` anew, after a key, a preset or a platform was added. */
const file = join(configFolder, 'schema.json');
writeFileSync(file, JSON.stringify(configJsonSchema(platforms, Object.keys(presets))));
execFileSync(join(import.meta.dirname, '../../node_modules/.bin/biome'), ['format', '--write', file]);
console.log(file);
