import { partOf } from './parts.ts';

const name = process.env.MUTATED_PART;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  // Stryker would ask TypeScript's JavaScript API about it, which TypeScript 7 has not.
  tsconfigFile: 'none',
  mutate: [...partOf(name).mutate],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  ignorePatterns: ['build', 'cdk.out', '.local', 'reports'],
};
