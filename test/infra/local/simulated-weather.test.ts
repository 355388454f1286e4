import { afterAll, expect, it } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { type Simulators, startSimulators } from '../../../infra/local/simulators.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';

const check = (simulator: unknown) =>
  checkConfig(
    {
      sources: { shop: { preset: 'standard-webhooks' } },
      destinations: { classroom: { platform: 'electa', credentials: 'discard', simulator } },
    },
    { stage: 'dev', file: 'dev.json', stages: ['dev'], simulated: true },
  );

let simulators: Simulators = {};
afterAll(() => Promise.all(Object.values(simulators).map((each) => each.close())));

it('a config’s weather meets the vendor’s first calls, and then it is over', async () => {
  const config = check({ weather: [{ weather: 'http-503', operation: 'token', times: 1, ms: 2_000 }] });
  simulators = await startSimulators(config, ['classroom'], {}, {}, platforms);
  const url = `${simulators.classroom?.url}/token/`;
  const login = () => fetch(url, { method: 'POST', body: new URLSearchParams({ CID: '1', AppKey: 'x' }) });
  const first = await login();
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '2']);
  expect((await login()).status).toBe(200);
});

it('a weather that does not exist is a mistake with its path', () => {
  expect(() => check({ weather: [{ weather: 'hail' }] })).toThrow(/destinations\.classroom\.simulator\.weather/);
});
