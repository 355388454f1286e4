/**
 * Imports a module in a process that has done nothing else, and prints what that took: `{"cpuMs", "wallMs"}`. Plain JavaScript, because stripping
 * types would load a compiler first.
 */
const cpu = process.cpuUsage();
const start = performance.now();
await import(process.argv[2]);
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs: performance.now() - start }));
process.exit();
