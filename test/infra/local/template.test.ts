import { expect, test } from 'vitest';
import { noValue, resolveIntrinsics, type Scope } from '../../../infra/local/template/intrinsics.ts';
import { planStack } from '../../../infra/local/template/plan.ts';
import { sampleTemplate } from './sample-assembly.ts';

const scope: Scope = {
  ref: (name) => (name === 'AWS::NoValue' ? noValue : `ref ${name}`),
  getAtt: (name, attribute) => `${name} ${attribute}`,
  findInMap: (...keys) => keys.join(' '),
};

test.each([
  [{ Ref: 'Queue' }, 'ref Queue'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue Arn'],
  [{ 'Fn::GetAtt': 'Queue.Nested.Arn' }, 'Queue Nested.Arn'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref B-3'],
  [{ 'Fn::Sub': `\${Queue}/\${Queue.Arn}/\${!Raw}` }, `ref Queue/Queue Arn/\${Raw}`],
  [{ 'Fn::Sub': [`\${Own}`, { Own: { Ref: 'X' } }] }, 'ref X'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
  [{ 'Fn::FindInMap': ['a', 'b', 'c'] }, 'a b c'],
  [{ deep: [{ Ref: 'X' }, { Ref: 'AWS::NoValue' }], gone: { Ref: 'AWS::NoValue' } }, { deep: ['ref X'] }],
])('%j becomes what it stands for', (value, resolved) => {
  expect(resolveIntrinsics(value, scope)).toEqual(resolved);
});

test('an intrinsic function that is not known is named', () => {
  expect(() => resolveIntrinsics({ 'Fn::ImportValue': 'x' }, scope)).toThrow('Fn::ImportValue');
});

const world = { region: 'eu-central-1', stackName: 'sample', sqs: 'http://127.0.0.1:1', api: 'http://127.0.0.1:2' };
const assets = new Map([
  ['apihash', '/a'],
  ['brokenhash', '/b'],
  ['workerhash', '/w'],
]);
const sample = () => ({ Parameters: {}, Mappings: {}, Outputs: {}, ...sampleTemplate() });
const plan = (template = sample()) => planStack({ stackName: 'sample', assets, template }, world);

test('a template becomes queues with redrive, routes to functions and mappings of queues', () => {
  const { queues, routes, eventSources, functions } = plan();
  expect(queues.find(({ name }) => name === 'sample-work')).toMatchObject({
    url: 'http://127.0.0.1:1/000000000000/sample-work',
    deadLetterArn: 'arn:aws:sqs:eu-central-1:000000000000:sample-work-dlq',
    attributes: { VisibilityTimeout: '1' },
  });
  expect(routes).toContainEqual({ routeKey: 'GET /impatient', functionName: 'sample-front', timeoutMs: 300 });
  expect(eventSources).toMatchObject([{ functionName: 'sample-worker', reportsFailures: true, maximumConcurrency: 2 }]);
  expect(functions.find(({ name }) => name === 'sample-front')).toMatchObject({ directory: '/a', timeoutMs: 2000 });
});

test('a reference to a resource that is not there is told with the resource that makes it', () => {
  const template = sample();
  template.Resources.Mapping.Properties.FunctionName.Ref = 'Nobody';
  expect(() => plan(template)).toThrow('Mapping (AWS::Lambda::EventSourceMapping): refers to Nobody');
});

test('a resource that nobody runs here has made-up attributes; one that is run has its own and no others', () => {
  const template = sample();
  template.Resources.Front.Properties.Role['Fn::GetAtt'] = ['Fancy', 'RegionalDomainName'];
  Object.assign(template.Resources, { Fancy: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: {} } });
  expect(plan(template).functions[0]?.role).toContain('sample-Fancy');
  template.Resources.Front.Properties.Role['Fn::GetAtt'] = ['Work', 'Colour'];
  expect(() => plan(template)).toThrow('Front (AWS::Lambda::Function): asks for Work.Colour');
});
