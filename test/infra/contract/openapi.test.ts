import { expect, it } from 'vitest';
import { bodyLimit } from '../../../lambdas/receive-signup/request.ts';
import { registrationWords } from '../../../lambdas/signup-status/words.ts';
import { signingSchemes } from '../../receive-signup/verify/deliveries.ts';
import { check, smallest } from '../example-config.ts';
import { propertiesOf, synthesize } from '../synthesize.ts';
import { document, documentedAnswers, documentedStates, json, schemaProblems, target } from './openapi-answers.ts';

const operations = Object.entries(document.paths).flatMap(([path, { get, post }]) => [
  ...(get === undefined ? [] : [{ route: `GET ${path}`, operation: get }]),
  ...(post === undefined ? [] : [{ route: `POST ${path}`, operation: post }]),
]);

const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child] : refsIn(child),
  );
};

it('is OpenAPI 3.1, and refers to nothing that is not in it', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(refsIn(json).length).toBeGreaterThan(30);
  for (const ref of refsIn(json)) expect(target(ref), ref).toBeTypeOf('object');
});

it('gives each operation an id of its own', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('has the doors that the stack has, and one for everything else', () => {
  const { template } = synthesize(check(smallest, 'dev'));
  const routes = propertiesOf(template, 'AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
  expect(operations.map(({ route }) => route)).toEqual([...routes, 'GET /{elsewhere}']);
});

it('names the limits that are set', () => {
  const { template } = synthesize(check(smallest, 'dev'));
  const [stage] = propertiesOf(template, 'AWS::ApiGatewayV2::Stage');
  expect(stage?.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 1000 });
  expect(JSON.stringify(target('#/components/responses/TooManyRequests'))).toContain('1,000 requests a second');
  expect(JSON.stringify(document.paths['/webhooks/{source}'])).toContain(bodyLimit.toLocaleString('en'));
});

it('names the header of every scheme that signs', () => {
  for (const { signatureHeader } of signingSchemes.filter(({ name }) => name !== 'generic HMAC'))
    expect(document.components.securitySchemes.signature?.description).toContain(`\`${signatureHeader}\``);
});

it('knows every state of a signup and of a registration', () => {
  const registration = Object.keys(registrationWords);
  expect([...documentedStates.keys()].sort()).toEqual([...registration, 'accepted'].sort());
  expect(target('#/components/schemas/RegistrationState/properties/state/enum')).toEqual(registration);
});

it.each(documentedAnswers.filter(({ example }) => example !== undefined))(
  'the example of $name is what its schema asks for',
  ({ pointer, example }) => {
    expect(schemaProblems(pointer, example)).toEqual([]);
  },
);
