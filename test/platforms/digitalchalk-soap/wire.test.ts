import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { adapter } from '../../../lambdas/platforms/digitalchalk-soap/adapter.ts';
import { settings } from '../../../lambdas/platforms/digitalchalk-soap/settings.ts';
import { callOperation } from '../../../lambdas/platforms/digitalchalk-soap/soap-call.ts';
import { operations } from '../../../lambdas/platforms/digitalchalk-soap/wsdl.ts';
import { parseSignup } from '../../../lambdas/signups/signup.ts';
import { compareSample } from '../compare-sample.ts';

/**
 * Each folder `<operation>__<case>` of the fixtures is a test. `input.json` is what we are asked to do; `request.xml` what we must send, byte for
 * byte, at 2026-01-15T10:20:30Z; `response.xml` what the vendor answers, with the status in `input.json`; `outcome.json` what must come of it.
 * A second exchange, the look-up after a fault, stands in `request-2.xml` and `response-2.xml`. With `RECORD=1` requests and outcome are written
 * where they are missing.
 */
const folder = join(import.meta.dirname, '../../fixtures/digitalchalk-soap/wire');
const keys = { accessKey: 'dc-access-key', secretKey: 'dc-secret-0123456789abcdef' };
const now = () => Date.parse('2026-01-15T10:20:30.456Z');

const userSchema = z.strictObject({
  emailAddress: z.string(),
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  licenseAgreed: z.enum(['true', 'false']),
  password: z.string(),
  passwordReset: z.enum(['true', 'false']),
  tags: z.string(),
});

const inputSchema = z.strictObject({
  statuses: z.array(z.number()),
  settings: z._default(z.record(z.string(), z.unknown()), {}),
  signup: z.optional(z.record(z.string(), z.unknown())),
  password: z._default(z.nullable(z.object({ value: z.string(), made: z.boolean() })), null),
  fields: z.optional(
    z.strictObject({ username: z.optional(z.string()), user: z.optional(userSchema), offeringId: z.string() }),
  ),
});
type Input = z.infer<typeof inputSchema>;

const numbered = (kind: string, index: number) => (index === 0 ? `${kind}.xml` : `${kind}-${index + 1}.xml`);

/** A vendor that answers what the folder says. */
async function vendorOf(name: string, { statuses }: Input) {
  const requests: string[] = [];
  const headers: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const index = requests.push(await text(request)) - 1;
    headers.push(request.headers['content-type'], String(request.headers.soapaction));
    response.writeHead(statuses[index] ?? 404, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(readFileSync(join(folder, name, numbered('response', index))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { requests, headers, url: `http://127.0.0.1:${port}` };
}

async function outcomeOf(operation: string, input: Input, url: string): Promise<unknown> {
  const signal = AbortSignal.timeout(5000);
  const endpoint = { url: `${url}/dc/api/v4`, keys, now };
  if (operation === 'registerUser') {
    const { username = '', offeringId = '' } = input.fields ?? {};
    return callOperation(endpoint, 'registerUser', { username, offeringId }, signal);
  }
  if (operation === 'createAndRegisterUser') {
    const { user, offeringId = '' } = input.fields ?? {};
    if (user === undefined) throw new Error('input.json holds no user');
    return callOperation(endpoint, 'createAndRegisterUser', { user, offeringId }, signal);
  }
  const parsed = parseSignup(input.signup ?? {});
  if (!('signup' in parsed)) throw new Error(`input.json holds no signup: ${JSON.stringify(parsed.problems)}`);
  const vendor = adapter.connect(
    { url, duplicates: 'refused', settings: settings.schema.parse(input.settings) },
    { now },
  );
  expect(vendor.prepare(parsed.signup).kind).toBe('ready');
  const account = vendor.open(keys);
  if ('problem' in account) throw new Error(account.problem);
  const call = { signup: parsed.signup, token: '', signal };
  if (operation === 'doesUserExist') return account.lookUp?.(call);
  return account.createAccount({ ...call, password: input.password });
}

const withMaps = (_: string, value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);

describe('the wire', () => {
  it.each(readdirSync(folder))('%s', async (name) => {
    const [operation = ''] = name.split('__');
    const file = (called: string) => join(folder, name, called);
    const input = z.parse(inputSchema, JSON.parse(readFileSync(file('input.json'), 'utf8')));
    const vendor = await vendorOf(name, input);
    const outcome = await outcomeOf(operation, input, vendor.url);
    vendor.requests.forEach((request, index) => {
      compareSample(file(numbered('request', index)), request);
    });
    expect(vendor.requests).toHaveLength(input.statuses.length);
    expect(vendor.headers.slice(0, 2)).toEqual(['text/xml; charset=utf-8', '""']);
    compareSample(file('outcome.json'), `${JSON.stringify(outcome, withMaps, 2)}\n`);
  });

  it('has samples of every operation', () => {
    const sampled = new Set(readdirSync(folder).map((name) => name.split('__')[0]));
    expect([...sampled].sort()).toEqual([...operations].sort());
    expect(readdirSync(folder).every((name) => existsSync(join(folder, name, 'outcome.json')))).toBe(true);
  });
});
