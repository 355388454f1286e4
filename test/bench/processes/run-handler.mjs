/**
 * A function's process without its runtime: imports a bundle and, for each `{"events": [], "weighed"}` that the parent sends, runs its handler over
 * them one after the other, and says what that took. Plain JavaScript, as in `import-once.mjs`.
 */
const { handler } = await import(process.argv[2]);
const context = {
  functionName: 'bench',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
  memoryLimitInMB: '512',
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  logGroupName: '/aws/lambda/bench',
  logStreamName: 'bench',
  getRemainingTimeInMillis: () => 60_000,
};

/** What it has, and what it holds: after a full collection, without what V8 has not given back yet. */
function weigh() {
  const { rss } = process.memoryUsage();
  globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { rss: held, heapUsed } = process.memoryUsage();
  return { rss, held, heapUsed };
}

process.on('message', async ({ events, weighed }) => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const answers = [];
  for (const event of events) answers.push(await handler(event, context));
  const { user, system } = process.cpuUsage(cpu);
  const took = { cpuMs: (user + system) / 1000, wallMs: performance.now() - start };
  process.send({ ...took, answers, ...(weighed && { memory: weigh() }) });
});
process.on('disconnect', () => process.exit());
process.send('ready');
