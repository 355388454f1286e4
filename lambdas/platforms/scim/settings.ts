import * as z from 'zod/mini';
import { bearerSecretSchema } from '../bearer-token.ts';
import type { PlatformSettings } from '../platform.ts';
import { traits } from './traits.ts';

const settingsSchema = z.strictObject({
  /** What becomes `userName`, and so what the learner logs in with: `email` the address, or `signup` the signup's username, without which a signup is rejected. */
  usernameMode: z._default(z.enum(['email', 'signup'], 'must be email or signup'), 'email'),
  /**
   * What goes as `externalId`, by which we know the user again: `person` the `userName` in lower case, the same for every signup of a
   * person; `reference` what the sender calls this signup; `none` for servers that do not take it.
   */
  externalId: z._default(z.enum(['person', 'reference', 'none'], 'must be person, reference or none'), 'person'),
  /**
   * Whether a new user gets a password (RFC 7643, 4.1.1: "to specify an initial password when creating a new User"). `false` for servers
   * that refuse it or log learners in through somebody else; then write `"credentials": "discard"`, since none is set.
   */
  sendPassword: z._default(z.boolean('must be true or false'), true),
  /** The `type` of the address (RFC 7643, 4.1.2). */
  emailType: z._default(z.enum(['work', 'home', 'other'], 'must be work, home or other'), 'work'),
  /** The media type of RFC 7644, 3.1, or plain JSON for servers that know only that. */
  mediaType: z._default(
    z.enum(['application/scim+json', 'application/json'], 'must be application/scim+json or application/json'),
    'application/scim+json',
  ),
  /** How users are looked up: by `GET /Users?filter=…`, which every server has, or by `POST /Users/.search`, which keeps addresses out of logs (RFC 7644, 3.4.3). */
  search: z._default(z.enum(['get', 'post'], 'must be get or post'), 'get'),
});

export type ScimSettings = z.infer<typeof settingsSchema>;

export const settings: PlatformSettings<ScimSettings> = {
  title: 'SCIM 2.0',
  publishedUrl: null,
  schema: settingsSchema,
  secretSchema: bearerSecretSchema,
  secretKeys: ['token'],
  ...traits,
  warnings: [],
};
