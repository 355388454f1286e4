import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../lambdas/aws/environment-credentials.ts';

afterEach(() => vi.unstubAllEnvs());

const put = (environment: Record<string, string | undefined>) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
};

describe('credentials from the environment', () => {
  it('are the three that Lambda sets', async () => {
    put({ AWS_ACCESS_KEY_ID: 'ASIA', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' });
    expect(await defaultProvider()()).toEqual({
      accessKeyId: 'ASIA',
      secretAccessKey: 'secret',
      sessionToken: 'session',
    });
  });

  it('need no session token', async () => {
    put({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: undefined });
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'AKIA', secretAccessKey: 'secret' });
  });

  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('are an error without %s', async (name) => {
    put({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret', [name]: undefined });
    await expect(defaultProvider()()).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });
});
