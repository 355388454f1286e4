import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { adapter } from '../../../lambdas/platforms/digitalchalk-rest/adapter.ts';
import { settings } from '../../../lambdas/platforms/digitalchalk-rest/settings.ts';
import { simulator } from '../../../lambdas/platforms/digitalchalk-rest/simulator.ts';
import type { AccountCalls, Duplicates, Vendor } from '../../../lambdas/platforms/platform.ts';
import type { SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';
import { runningSimulator } from '../running-simulator.ts';
import { callWith, signupWith } from '../vendor-call.ts';

/** A running simulator that ends with the test. */
export const startSimulated = (options: SimulatorOptions = {}) => runningSimulator(simulator, options);

type Own = Readonly<Record<string, unknown>>;

export const connectTo = (url: string, own: Own = {}, duplicates: Duplicates = 'refused'): Vendor =>
  adapter.connect({ url, duplicates, settings: settings.schema.parse(own) }, { now: () => 0 });

export function opened(vendor: Vendor, secret: unknown): Required<AccountCalls> {
  const account = vendor.open(secret);
  if ('problem' in account) throw new Error(account.problem);
  const { createAccount, lookUp, probe, register, addTags } = account;
  if (!lookUp || !probe || !register || !addTags) throw new Error('a call is missing');
  return { createAccount, lookUp, probe, register, addTags };
}

/** The adapter at a simulator of its own. */
export async function bench(options: SimulatorOptions = {}, settings: Own = {}) {
  const running = await startSimulated(options);
  const vendor = connectTo(running.url, settings, options.duplicates);
  return { running, vendor, account: opened(vendor, running.secret) };
}

export const registerCall = (offering = 'course-1', account = {}, milliseconds = 5000) => ({
  ...callWith(signupWith(), undefined, milliseconds),
  offering,
  account,
});

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A vendor that answers the requests one after the other; the last answer goes on. @returns its base address and what it was asked */
export async function answering(...answers: readonly Answer[]) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const { status = 200, headers = {}, body: reply = '' } = answers[Math.min(asked.length, answers.length - 1)] ?? {};
    asked.push(`${headOf(request)}\n\n${body}`);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/dc/api/v5`, asked };
}

function headOf(request: IncomingMessage): string {
  const shown = ['accept', 'authorization', 'content-length', 'content-type', 'user-agent'].filter(
    (name) => name in request.headers,
  );
  return [`${request.method} ${request.url}`, ...shown.map((name) => `${name}: ${request.headers[name]}`)].join('\n');
}

export const token = 'ecc4dabc-8fcf-4faa-9d1b-8b3e8571b7da';
