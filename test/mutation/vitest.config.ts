import { defineConfig } from 'vitest/config';
import { partOf } from './parts.ts';

export default defineConfig({ test: { include: [...partOf(process.env.MUTATED_PART).tests] } });
