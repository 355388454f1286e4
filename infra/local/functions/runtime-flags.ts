/**
 * Node's flags as Lambda sets them by a function's memory: a tenth of it for new objects, in two halves, and the rest for old ones. Known from public
 * copies of earlier Node runtimes' bootstrap; that of `nodejs24.x` was not looked at.
 */
export const runtimeFlags = (memoryMb: number): readonly string[] => [
  `--max-semi-space-size=${Math.floor(memoryMb * 0.05)}`,
  `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
];
