import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs lines in a process of their own, as the functions write to the real standard output; returns what it wrote, line by line. */
function written(code: string): Record<string, unknown>[] {
  const prelude = `
    import { createObservability } from ${JSON.stringify(new URL('../../lambdas/aws/observability.ts', import.meta.url).href)};
    const { observer, wrap } = createObservability('matriculate-test');
    const context = { functionName: 'f', awsRequestId: 'request-1', invokedFunctionArn: 'arn', memoryLimitInMB: '512' };
  `;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', prelude + code], { encoding: 'utf8' });
  expect(child.status).toBe(0);
  return `${child.stdout}${child.stderr}`
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

test('a log line has its fields, the stack and no more than is allowed', () => {
  const [line] = written(`
    const fields = { source: 'shop', signupId: 'shop.1', status: 200, password: 'canary-1', body: { password: 'canary-2' } };
    observer.warn('signature refused', fields);
  `);
  expect(line).toMatchObject({
    level: 'WARN',
    message: 'signature refused',
    service: 'matriculate-test',
    source: 'shop',
    signupId: 'shop.1',
    status: 200,
  });
  expect(JSON.stringify(line)).not.toContain('canary');
});

test('a metric is one line of the embedded format with its own dimensions, and the stack among them', () => {
  const lines = written(`
    observer.metric('Accepted', 1, { source: 'shop' });
    observer.metric('WaitingSeconds', 12.5, { destination: 'classroom', reason: 'rate-limited' });
    observer.metric('BreakerOpen', 0, { destination: 'studio' });
  `);
  const emf = lines.map(({ _aws, ...values }) => [_aws, values]);
  const directive = (name: string, unit: string, ...dimensions: string[]) => ({
    Timestamp: expect.any(Number),
    CloudWatchMetrics: [
      { Namespace: 'Matriculate', Dimensions: [['service', ...dimensions]], Metrics: [{ Name: name, Unit: unit }] },
    ],
  });
  expect(emf).toEqual([
    [directive('Accepted', 'Count', 'source'), { service: 'matriculate-test', source: 'shop', Accepted: 1 }],
    [
      directive('WaitingSeconds', 'Seconds', 'destination', 'reason'),
      { service: 'matriculate-test', destination: 'classroom', reason: 'rate-limited', WaitingSeconds: 12.5 },
    ],
    [
      directive('BreakerOpen', 'Count', 'destination'),
      { service: 'matriculate-test', destination: 'studio', BreakerOpen: 0 },
    ],
  ]);
});

test("a wrapped handler's lines bear the request's id, its first run is counted, and its event is not logged", () => {
  const lines = written(`
    const handler = wrap(async (event) => { observer.info('accepted', { source: event.source }); return event.source; });
    for (const source of ['a', 'b']) if ((await handler({ source, body: 'canary' }, context)) !== source) throw new Error(source);
  `);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatchObject({ ColdStart: 1, service: 'matriculate-test', function_name: 'f' });
  expect(lines[1]).toMatchObject({
    message: 'accepted',
    function_request_id: 'request-1',
    cold_start: true,
    source: 'a',
  });
  expect(lines[2]).toMatchObject({
    message: 'accepted',
    function_request_id: 'request-1',
    cold_start: false,
    source: 'b',
  });
  expect(JSON.stringify(lines)).not.toContain('canary');
});

test('a line before the first request bears no request', () => {
  const [line] = written(`observer.error('secret not there');`);
  expect(Object.keys(line ?? {})).toEqual(['level', 'message', 'timestamp', 'service']);
});

test('a log line says nothing that its log group says already', () => {
  const [line] = written(`
    await wrap(async () => observer.info('accepted', { source: 'shop' }))({}, { ...context, functionName: 'name', invokedFunctionArn: 'arn' });
  `).slice(1);
  expect(Object.keys(line ?? {})).toEqual([
    'level',
    'message',
    'timestamp',
    'service',
    'cold_start',
    'function_request_id',
    'source',
  ]);
});

test('records that run in parallel keep their own fields and dimensions', () => {
  const lines = written(`
    const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const handler = wrap(async (names) => {
      await Promise.all(names.map(async (destination, index) => {
        observer.info('begun', { destination });
        await later((names.length - index) * 5);
        observer.metric('Created', 1, { destination });
        observer.info('ended', index % 2 === 0 ? { destination } : {});
      }));
    });
    await handler(['a', 'b', 'c', 'd'], context);
  `);
  const ended = lines.filter(({ message }) => message === 'ended').map(({ destination }) => destination);
  // In whatever order a loaded machine lets them end.
  expect(ended.toSorted()).toEqual(['a', 'c', undefined, undefined]);
  const counted = lines.filter(({ Created }) => Created === 1).map(({ destination }) => destination);
  expect(counted.toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('a handler that fails fails for its caller too', () => {
  written(`
    const handler = wrap(async () => { throw new Error('broken'); });
    const message = await handler({}, context).catch((error) => error.message);
    if (message !== 'broken') throw new Error(message);
  `);
});
