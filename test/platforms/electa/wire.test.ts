import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
import { adapter } from '../../../lambdas/platforms/electa/adapter.ts';
import { settings } from '../../../lambdas/platforms/electa/settings.ts';
import { parseSignup } from '../../../lambdas/signups/signup.ts';
import { compareSample } from '../compare-sample.ts';

/**
 * Each folder is a call: `input.json`, what goes over the wire for it (`request.txt`), what the vendor answers (`response.xml`), and
 * what becomes of it (`outcome.json`). A new folder is a new test. With `RECORD=1` request and outcome are written where they are
 * missing; read them against the vendor's documentation before you keep them.
 */
const samples = `${import.meta.dirname}/../../fixtures/electa/wire`;

interface Sample {
  readonly operation: 'token' | 'User/Create';
  readonly secret: unknown;
  readonly token?: string;
  readonly signup?: Readonly<Record<string, unknown>>;
  readonly settings?: unknown;
  readonly reply?: { readonly status?: number; readonly contentType?: string; readonly retryAfter?: string };
}

let answer: { sample: Sample; body: Buffer } | undefined;
let asked = '';
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const shown = ['accept', 'content-type', 'content-length', 'user-agent'].filter((name) => name in request.headers);
  const head = [`${request.method} ${request.url}`, ...shown.map((name) => `${name}: ${request.headers[name]}`)];
  asked = `${head.join('\n')}\n\n${body.toString('utf8')}`;
  const { status = 200, contentType = 'text/xml; charset=utf-8', retryAfter } = answer?.sample.reply ?? {};
  response.writeHead(status, { 'content-type': contentType, ...(retryAfter && { 'retry-after': retryAfter }) });
  response.end(answer?.body);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function call(sample: Sample): Promise<unknown> {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  const { settings: own = {}, secret, signup = {}, token = '' } = sample;
  const url = `http://127.0.0.1:${address.port}`;
  const destination = { url, duplicates: 'refused', settings: settings.schema.parse(own) } as const;
  const account = adapter.connect(destination, { now: () => 0 }).open(secret);
  if ('problem' in account || account.access !== 'session') throw new Error('the sample has no secret of a session');
  if (sample.operation === 'token') return account.login(AbortSignal.timeout(5000));
  const parsed = parseSignup(signup);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return account.createAccount({ signup: parsed.signup, token, signal: AbortSignal.timeout(5000), password: null });
}

test.each(readdirSync(samples))('%s', async (folder) => {
  const sample: Sample = JSON.parse(readFileSync(`${samples}/${folder}/input.json`, 'utf8'));
  answer = { sample, body: readFileSync(`${samples}/${folder}/response.xml`) };
  asked = '';
  const outcome = await call(sample);
  compareSample(`${samples}/${folder}/request.txt`, asked === '' ? '(nothing is sent)' : asked);
  compareSample(`${samples}/${folder}/outcome.json`, `${JSON.stringify(outcome, null, 2)}\n`);
});
