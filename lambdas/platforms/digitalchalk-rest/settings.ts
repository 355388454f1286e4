import * as z from 'zod/mini';
import { bearerSecretSchema } from '../bearer-token.ts';
import type { PlatformSettings } from '../platform.ts';
import { traits } from './traits.ts';

const settingsSchema = z.strictObject({
  /**
   * What a new user gets as username, and so what the learner logs in with: `email` the address, as over SOAP; `blank` none, for
   * organisations that do not use usernames (the address is then the login); `signup` the signup's username, without which a signup
   * is rejected.
   */
  usernameMode: z._default(z.enum(['email', 'blank', 'signup'], 'must be email, blank or signup'), 'email'),
  /** How many requests a second the vendor is sent at most, over all workers. Its own limit is published nowhere. */
  requestsPerSecond: z._default(z.number('must be a number').check(z.positive('must be more than 0')), 2),
});

export type DigitalChalkRestSettings = z.infer<typeof settingsSchema>;

export const settings: PlatformSettings<DigitalChalkRestSettings> = {
  title: 'DigitalChalk (REST API v5)',
  /** The vendor's plugin's; its pages of 2024 say `https://api.digitalchalk.com/api/v5` instead. */
  publishedUrl: 'https://api.digitalchalk.com/dc/api/v5',
  schema: settingsSchema,
  secretSchema: bearerSecretSchema,
  secretKeys: ['token'],
  ...traits,
  warnings: [],
};
