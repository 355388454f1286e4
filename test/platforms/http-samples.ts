import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import type { AccountCalls } from '../../lambdas/platforms/platform.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { parseSignup } from '../../lambdas/signups/signup.ts';
import { compareSample } from './compare-sample.ts';

const inputSchema = z.strictObject({
  secret: z.unknown(),
  signup: z.record(z.string(), z.unknown()),
  settings: z._default(z.record(z.string(), z.unknown()), {}),
  duplicates: z._default(z.enum(['refused', 'allowed']), 'refused'),
  password: z._default(z.nullable(z.object({ value: z.string(), made: z.boolean() })), null),
  account: z._default(z.object({ userId: z.optional(z.string()) }), {}),
  offering: z._default(z.string(), ''),
});
type Input = z.infer<typeof inputSchema>;

const operations = ['createAccount', 'lookUp', 'register', 'addTags', 'probe'] as const;
type Operation = (typeof operations)[number];

/**
 * Tests of an adapter by samples of HTTP. Each folder `{operation}__{case}` is a call: `input.json` is what we are asked to do,
 * `request.http` what goes over the wire for it, `response.http` what the vendor answers, `outcome.json` what comes of it; further exchanges
 * of the same call are `request-2.http`, `response-2.http` and so on. The host and what every HTTP client sends is left out.
 *
 * A new folder is a new test. With `RECORD=1` requests and outcome are written where they are missing: read them against the vendor's
 * documentation before you keep them.
 *
 * @param basePath what the vendor's base address has after its host
 */
export function testHttpSamples(platform: RegisteredPlatform, folder: string, basePath: string): void {
  describe('the wire', () => {
    it.each(readdirSync(folder))('%s', async (name) => {
      const operation = operations.find((each) => each === name.split('__')[0]);
      if (operation === undefined) throw new Error(`${name} is named after none of ${operations.join(', ')}`);
      const path = join(folder, name);
      const input = z.parse(inputSchema, JSON.parse(readFileSync(join(path, 'input.json'), 'utf8')));
      const vendor = await vendorOf(path);
      const outcome = await outcomeOf(platform, operation, input, `${vendor.url}${basePath}`);
      vendor.requests.forEach((request, index) => {
        compareSample(join(path, numbered('request', index)), request);
      });
      const responses = readdirSync(path).filter((file) => file.startsWith('response'));
      expect(vendor.requests).toHaveLength(responses.length);
      compareSample(join(path, 'outcome.json'), `${JSON.stringify(outcome, null, 2)}\n`);
    });
  });
}

const numbered = (kind: string, index: number) => (index === 0 ? `${kind}.http` : `${kind}-${index + 1}.http`);

/** A vendor that answers what the folder says. */
async function vendorOf(folder: string) {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const file = join(folder, numbered('response', requests.length));
    requests.push(`${headOf(request)}\n\n${body}`);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const [head = '', ...rest] = readFileSync(file, 'utf8').split('\n\n');
    const [status = '', ...headers] = head.split('\n');
    response.writeHead(
      Number(status.split(' ')[1]),
      headers.flatMap((line) => line.split(/: (.*)/s).slice(0, 2)),
    );
    response.end(rest.join('\n\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { requests, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` };
}

function headOf(request: IncomingMessage): string {
  const shown = ['accept', 'authorization', 'content-type', 'content-length', 'user-agent'].filter(
    (name) => name in request.headers,
  );
  const head = [
    `${request.method} ${request.url} HTTP/1.1`,
    ...shown.map((name) => `${name}: ${request.headers[name]}`),
  ];
  return head.join('\n');
}

async function outcomeOf(
  platform: RegisteredPlatform,
  operation: Operation,
  { duplicates, settings, ...input }: Input,
  url: string,
): Promise<unknown> {
  const vendor = await platform.connect({ url, duplicates, settings }, { now: () => 0 });
  const parsed = parseSignup(input.signup);
  if ('problems' in parsed) throw new Error(`input.json holds no signup: ${JSON.stringify(parsed.problems)}`);
  const prepared = vendor.prepare(parsed.signup);
  if (prepared.kind === 'rejected') return prepared;
  const account = vendor.open(input.secret);
  if ('problem' in account) throw new Error(account.problem);
  return callOf(account, operation, { ...input, signup: parsed.signup, token: '', signal: AbortSignal.timeout(5000) });
}

type Call = Parameters<AccountCalls['createAccount']>[0] & Parameters<NonNullable<AccountCalls['register']>>[0];

function callOf(account: AccountCalls, operation: Operation, call: Call): unknown {
  switch (operation) {
    case 'createAccount':
      return account.createAccount(call);
    case 'lookUp':
      return account.lookUp?.(call);
    case 'register':
      return account.register?.(call);
    case 'addTags':
      return account.addTags?.(call);
    case 'probe':
      return account.probe?.(call.signal);
  }
}
