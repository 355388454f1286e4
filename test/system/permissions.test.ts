import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundle } from '../../infra/bundle.ts';
import type { AccessRequest } from '../../infra/local/permissions/access-request.ts';
import { isAllowed } from '../../infra/local/permissions/evaluate.ts';
import { type Academy, openAcademy } from './academy.ts';

const config = {
  sources: { shop: { preset: 'standard-webhooks' } },
  destinations: { classroom: { platform: 'electa', credentials: ['mailer'], duplicates: 'allowed' } },
};
const ada = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace' };

const bundles = mkdtempSync(join(tmpdir(), 'matriculate-bundles-'));
beforeAll(async () => {
  await bundle(bundles);
});
afterAll(() => rmSync(bundles, { recursive: true }));

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown() })),
});
const policySchema = z.looseObject({
  PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({ Sid: z.string() })) }),
});

/** Takes a statement out of the policies of a synthesized stack. */
const without = (sid: string, policy: RegExp) => (assembly: string) => {
  const file = join(assembly, readdirSync(assembly).find((name) => name.endsWith('.template.json')) ?? '');
  const template = templateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (resource.Type !== 'AWS::IAM::Policy' || !policy.test(id)) continue;
    const { PolicyDocument, ...rest } = policySchema.parse(resource.Properties);
    const Statement = PolicyDocument.Statement.filter(({ Sid }) => Sid !== sid);
    expect(Statement).toHaveLength(PolicyDocument.Statement.length - 1);
    resource.Properties = { ...rest, PolicyDocument: { ...PolicyDocument, Statement } };
  }
  writeFileSync(file, JSON.stringify(template));
};

describe('the roles of a stack at work', () => {
  let academy: Academy;
  beforeAll(async () => {
    academy = await openAcademy(config, { bundles });
    // A busy vendor makes the worker give the person back and set when the message comes again; a status is asked for.
    academy.stack.simulators.classroom?.arm({ weather: 'http-503', operation: 'User/Create', times: 1, ms: 0 });
    const { signupId, body } = await academy.post(ada);
    await academy.ended(signupId, 'classroom');
    await fetch(`${academy.stack.url}${String(body.statusUrl)}`);
  });
  afterAll(() => academy.stop());

  /** Lambda does these in the function's name, and checks the last when the stack is made. */
  const byLambda = /^(logs:|sqs:GetQueueAttributes$)/;

  it.each(['receive-signup', 'signup-status', 'provision-classroom'])(
    'allow %s nothing that it does not use',
    (name) => {
      const { permissions } = academy.stack;
      const uses = permissions.uses(`matriculate-dev-${name}`);
      const isUsed = (action: string, resource: string) =>
        uses.some((use) => use.action === action && isAllowed([allow(action, resource)], use));
      const allowed = (permissions.statements[`matriculate-dev-${name}`] ?? []).flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((resource): [string, string] => [action, resource])),
      );
      expect(allowed.length).toBeGreaterThan(2);
      expect(allowed.filter(([action, resource]) => !byLambda.test(action) && !isUsed(action, resource))).toEqual([]);
    },
  );

  it('refuse nothing that a signup needs', () => {
    expect(academy.stack.permissions.refusals()).toEqual([]);
  });

  it('keep a worker from other destinations’ items', () => {
    const { permissions } = academy.stack;
    const [own] = permissions
      .uses('matriculate-dev-provision-classroom')
      .filter(({ action }) => action === 'dynamodb:PutItem');
    expect(own?.context['dynamodb:leadingkeys']?.[0]).toMatch(/^classroom#/);
    const other: AccessRequest = {
      action: 'dynamodb:PutItem',
      resource: own?.resource ?? '',
      context: { 'dynamodb:leadingkeys': ['courses#shop.1'] },
    };
    expect(permissions.allows('matriculate-dev-provision-classroom', other)).toBe(false);
  });
});

const allow = (action: string, resource: string) => ({
  Effect: 'Allow' as const,
  Action: [action],
  Resource: [resource],
  Condition: [],
});

describe('a permission that was forgotten', () => {
  it('is missed: without TellResults no signup ends, and the worker’s log says why', async () => {
    const academy = await openAcademy(config, { bundles, amend: without('TellResults', /^DestinationClassroom/) });
    try {
      const { signupId } = await academy.post(ada);
      const worker = academy.stack.functions['provision-classroom'];
      await expect.poll(() => worker?.logs(), { timeout: 30_000 }).toMatch(/AuthorizationErrorException/);
      expect(academy.stack.permissions.refusals()[0]?.message).toMatch(
        /provision-classroom is not authorized to perform: sns:Publish/,
      );
      expect(academy.events.filter(({ subject }) => subject === signupId)).toEqual([]);
    } finally {
      await academy.stop();
    }
  });

  it('is missed: without SendSignups a webhook is answered 503, and the log of receive-signup says why', async () => {
    const academy = await openAcademy(config, { bundles, amend: without('SendSignups', /^FunctionsReceiveSignup/) });
    try {
      expect((await academy.post(ada)).status).toBe(503);
      expect(academy.stack.functions['receive-signup']?.logs()).toMatch(/not stored.*AccessDenied/);
    } finally {
      await academy.stop();
    }
  });
});
