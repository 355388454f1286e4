import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { settings } from '../../../lambdas/platforms/digitalchalk-soap/settings.ts';

describe('the settings of digitalchalk-soap', () => {
  it('all have a default', () => {
    expect(settings.schema.parse({})).toEqual({
      endpoint: '/dc/api/v4',
      usernameMode: 'email',
      passwordReset: 'made',
      licenseAgreed: true,
    });
  });

  it.each([
    ['an unknown key', { usernamemode: 'blank' }],
    ['an unknown mode', { usernameMode: 'phone' }],
    ['text for a boolean', { licenseAgreed: 'true' }],
    ['another host', { endpoint: 'https://evil.example/dc' }],
    ['another host without its scheme', { endpoint: '//evil.example/dc' }],
    ['another host behind a backslash', { endpoint: '/\\evil.example/dc' }],
    ['a path without its slash', { endpoint: 'dc/api/v4' }],
  ])('refuse %s', (_, candidate) => {
    expect(settings.schema.safeParse(candidate).success).toBe(false);
  });

  it('warn that the vendor has retired v4', () => {
    expect(settings.warnings.join()).toMatch(/"Sunset" since September 2023.*v5 is preferred/);
  });

  it('ask for the secret by the names that its schema checks', () => {
    expect(z.safeParse(settings.secretSchema, { accessKey: 'a', secretKey: 'b' }).success).toBe(true);
    expect(settings.secretKeys).toEqual(['accessKey', 'secretKey']);
  });
});
