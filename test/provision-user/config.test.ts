import { expect, test } from 'vitest';
import { provisionUserConfig } from '../../infra/function-configs.ts';
import { productionTimeLimits } from '../../infra/time-limits.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { parseProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import { check, smallest } from '../infra/example-config.ts';

const written = JSON.stringify(provisionUserConfig(check(smallest), 'classroom', productionTimeLimits));

test('what synth writes is read as it was written', () => {
  expect(JSON.stringify(parseProvisionUserConfig(JSON.parse(written)))).toBe(written);
});

test('it holds each of the platform’s own keys, also those that the config leaves to their defaults', () => {
  const { settings } = parseProvisionUserConfig(JSON.parse(written)).destination;
  expect(settings).toEqual(platforms.electa.settings.schema.parse({}));
  expect(settings).toMatchObject({ tokenPath: '/token/', refusals: { temporary: expect.anything() } });
});

test.each([
  ['no object', []],
  ['nothing', null],
  ['a stage that is no text', { ...JSON.parse(written), stage: 1 }],
  ['no destination', { ...JSON.parse(written), destination: undefined }],
  ['a destination without an id', { ...JSON.parse(written), destination: { settings: {} } }],
  ['a destination without settings', { ...JSON.parse(written), destination: { id: 'classroom' } }],
  ['no sources', { ...JSON.parse(written), sources: [] }],
  ['no time limits', { ...JSON.parse(written), timeLimits: undefined }],
])('%s is not what synth writes, and the function does not start with it', (_what, json) => {
  expect(() => parseProvisionUserConfig(json)).toThrow('synthesize the stage again');
});
