import { openBearerSecret } from '../bearer-token.ts';
import { jsonApi } from '../json-call.ts';
import type { PlatformAdapter, Prepared } from '../platform.ts';
import { createUser, lookUp } from './create-user.ts';
import { findUser } from './find-user.ts';
import { errorWords } from './scim-error.ts';
import type { ScimSettings } from './settings.ts';
import { traits } from './traits.ts';
import { signupProblem, userNameOf } from './user-resource.ts';

/** Nobody's user name (RFC 2606): asking for it shows that the token is accepted. */
const nobody = 'matriculate-probe@example.invalid';

/** Any server that speaks SCIM 2.0 (RFC 7643, RFC 7644) and takes a bearer token. */
export const adapter: PlatformAdapter<ScimSettings> = {
  traits,
  connect: ({ url, settings }, { now }) => {
    return {
      prepare: (signup): Prepared => {
        const message = signupProblem(signup, settings);
        if (message !== undefined) return { kind: 'rejected', message };
        const userName = userNameOf(signup, settings);
        return { kind: 'ready', personKey: userName, loginName: userName };
      },
      open: (secret) => {
        const opened = openBearerSecret(secret);
        if ('problem' in opened) return opened;
        const common = { url, token: opened.token, mediaType: settings.mediaType, wordsOf: errorWords, now };
        const { api, probe } = jsonApi(common, async (bare, signal) => {
          const found = await findUser(bare, { userName: nobody }, settings, signal);
          if (found.kind === 'refused') return { kind: 'rejected', message: found.message };
          return found.kind === 'exists' || found.kind === 'absent' ? { kind: 'accepted' } : found;
        });
        return {
          access: 'direct',
          createAccount: (call) => createUser(api(call, call.password?.value, call.signup.password), settings, call),
          lookUp: (call) => lookUp(api(call, call.signup.password), settings, call),
          probe,
        };
      },
    };
  },
};
