import { afterAll, expect, it } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { type Simulators, startSimulators, withSimulatorSettings } from '../../../infra/local/simulators.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';

const check = (simulator: unknown, own: object = {}) =>
  checkConfig(
    {
      sources: { shop: { preset: 'standard-webhooks' } },
      destinations: { classroom: { platform: 'electa', credentials: 'discard', simulator, ...own } },
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

it('weather for an operation that the vendor does not have is refused with its destination and the operations', async () => {
  const config = check({ weather: [{ weather: 'http-503', operation: 'User/Creat' }] });
  await expect(startSimulators(config, ['classroom'], {}, {}, platforms)).rejects.toThrow(
    'destinations.classroom.simulator: there is no operation "User/Creat"; there are token, User/Create',
  );
});

it('the settings that a variant needs leave every other key what the config says, or its default', async () => {
  const config = check({ variants: { errors: 'bare-element' } }, { parametersIn: 'query' });
  const started = await startSimulators(config, ['classroom'], {}, {}, platforms);
  await started.classroom?.close();
  expect(withSimulatorSettings(config, started, platforms).destinations.classroom?.settings).toMatchObject({
    parametersIn: 'query',
    tokenPath: '/token/',
    refusals: { emailExists: ['code:4'], temporary: expect.arrayContaining(['temporarily unavailable']) },
  });
});

it('a weather that does not exist is a mistake with its path', () => {
  expect(() => check({ weather: [{ weather: 'hail' }] })).toThrow(/destinations\.classroom\.simulator\.weather/);
});
