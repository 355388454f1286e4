import { defineConfig } from 'vitest/config';

/** Limits that only a hang reaches, on a loaded machine too. */
const poll = { timeout: 20_000, interval: 20 };
/** A test in which no assertion ran fails. */
const requireAssertions = true;
const patient = { testTimeout: 90_000, hookTimeout: 90_000, expect: { poll, requireAssertions } };

/**
 * Units run side by side. The contract suite (every platform in every weather, on real stores) and the system tests (the whole stack in
 * processes of its own) follow, each alone, for they wait on real clocks.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/system/**', 'test/contracts/**'],
          // By default one processor stays free.
          maxWorkers: '100%',
          ...patient,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'contracts',
          include: ['test/contracts/**/*.test.ts'],
          maxConcurrency: 30,
          ...patient,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          fileParallelism: false,
          ...patient,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
