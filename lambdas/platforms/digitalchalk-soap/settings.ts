import * as z from 'zod/mini';
import type { PlatformSettings } from '../platform.ts';
import { secretSchema } from './secret.ts';
import { traits } from './traits.ts';

const settingsSchema = z.strictObject({
  /**
   * The path that requests are posted to, below the destination's `url`. Nobody has published it: the vendor's own client takes it from
   * `{url}/dc/api/v4.wsdl`, where `soap:address` says it. A path and no address, so that it can never lead away from `url`.
   */
  endpoint: z._default(
    z.string().check(z.regex(/^\/(?!\/)[^\s?#\\]*$/, 'must be a path such as /dc/api/v4')),
    '/dc/api/v4',
  ),
  /**
   * What `createUser` sends as the username, and so what the learner logs in with and is looked up by:
   * `email` the address, as the vendor's own client does; `blank` nothing, for organisations that do not use usernames (the address is
   * then the login); `signup` the signup's username, without which a signup is rejected.
   */
  usernameMode: z._default(z.enum(['email', 'blank', 'signup'], 'must be email, blank or signup'), 'email'),
  /** Whose password must be changed at the first login: `made` only one that was made for the learner, `always` a chosen one too, `never` none. */
  passwordReset: z._default(z.enum(['made', 'always', 'never'], 'must be made, always or never'), 'made'),
  /**
   * `true` accepts DigitalChalk's licence on the learner's behalf: whoever runs this says that their sign-up form had the learner agree
   * to it. With `false` the vendor asks the learner, or refuses to make the account.
   */
  licenseAgreed: z._default(z.boolean('must be true or false'), true),
});

export type DigitalChalkSoapSettings = z.infer<typeof settingsSchema>;

export const settings: PlatformSettings<DigitalChalkSoapSettings> = {
  title: 'DigitalChalk (SOAP API v4)',
  publishedUrl: 'https://api.digitalchalk.com',
  schema: settingsSchema,
  secretSchema,
  secretKeys: ['accessKey', 'secretKey'],
  ...traits,
  warnings: [
    'DigitalChalk has called its SOAP API v4 "Sunset" since September 2023 and has named no date for its end; for a new set-up its REST API v5 is preferred.',
  ],
};
