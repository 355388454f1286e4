import { openBearerSecret } from '../bearer-token.ts';
import type { PlatformAdapter, Prepared, VendorCall } from '../platform.ts';
import { addTags } from './add-tags.ts';
import { createUser } from './create-user.ts';
import { findUser, type Person, readPage } from './find-user.ts';
import { registerUser } from './register-user.ts';
import type { RestApi } from './rest-call.ts';
import { parseSettings, settings } from './settings.ts';
import { loginOf, notAppliedToExisting, signupProblems } from './user-fields.ts';

/** Nobody's address (RFC 2606): asking for it shows that the token is accepted. */
const nobody = 'matriculate-probe@example.invalid';

/** DigitalChalk's REST API v5: no login, a long-lived token goes with each request. */
export const adapter: PlatformAdapter = {
  settings,
  connect: ({ url, duplicates, settings: own }, { now }) => {
    const chosen = parseSettings(own);
    const person = ({ signup, signal }: VendorCall): Person => ({ signup, signal, duplicates, settings: chosen });
    return {
      requestsPerSecond: chosen.requestsPerSecond,
      prepare: (signup): Prepared => {
        const problems = signupProblems(signup, chosen);
        if (problems.length > 0) return { kind: 'rejected', message: problems.join('; ') };
        const login = loginOf(signup, chosen);
        return { kind: 'ready', personKey: login, loginName: login };
      },
      open: (secret) => {
        const opened = openBearerSecret(secret);
        if ('problem' in opened) return opened;
        const api: RestApi = { url: url.replace(/\/+$/, ''), token: opened.token, now };
        return {
          access: 'direct',
          createAccount: (call) => createUser(api, person(call), call),
          lookUp: async (call) => {
            const found = await findUser(api, person(call));
            if (found.kind === 'refused') return { kind: 'rejected', message: found.message };
            if (found.kind !== 'exists') return found;
            const { id, username, tags } = found.user;
            return {
              kind: 'exists',
              account: { userId: id, username: username ?? loginOf(call.signup, chosen) },
              notApplied: notAppliedToExisting(call.signup, tags ?? [], chosen),
            };
          },
          probe: async (signal) => {
            const page = await readPage(api, nobody, 0, signal);
            if (page.kind === 'refused') return { kind: 'rejected', message: page.message };
            return page.kind === 'page' ? { kind: 'accepted' } : page;
          },
          register: (call) => registerUser(api, person(call), call),
          addTags: (call) => addTags(api, person(call), call),
        };
      },
    };
  },
};
