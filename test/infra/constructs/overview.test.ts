import { expect, it } from 'vitest';
import { check, largest } from '../example-config.ts';
import { propertiesOf, synthesize } from '../synthesize.ts';

const [dashboard] = propertiesOf(synthesize(check(largest)).template, 'AWS::CloudWatch::Dashboard');
const body = JSON.stringify(dashboard?.DashboardBody);

it('shows each source and each destination on one dashboard, named after the stack', () => {
  expect(dashboard?.DashboardName).toBe('matriculate-prod');
  for (const title of ['shop: webhooks', 'own-site: webhooks', 'classroom: outcomes', 'academy: outcomes'])
    expect(body).toContain(title);
});

it('shows what is stuck and why, from every worker’s log', () => {
  for (const worker of ['classroom', 'academy'])
    expect(body).toContain(`/aws/lambda/matriculate-prod-provision-${worker}`);
  expect(body).toContain('filter message');
});
