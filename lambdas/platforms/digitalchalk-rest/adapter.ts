import { openBearerSecret } from '../bearer-token.ts';
import { jsonApi } from '../json-call.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { PlatformAdapter, Prepared, VendorCall } from '../platform.ts';
import { addTags } from './add-tags.ts';
import { createUser } from './create-user.ts';
import { errorWords } from './error-words.ts';
import { type Person, readPage } from './find-user.ts';
import { lookUp } from './look-up.ts';
import { registerUser } from './register-user.ts';
import type { DigitalChalkRestSettings } from './settings.ts';
import { traits } from './traits.ts';
import { loginOf, signupProblems } from './user-fields.ts';

/** Nobody's address (RFC 2606): asking for it shows that the token is accepted. */
const nobody = 'matriculate-probe@example.invalid';

/** DigitalChalk's REST API v5: no login, a long-lived token goes with each request. */
export const adapter: PlatformAdapter<DigitalChalkRestSettings> = {
  traits,
  connect: ({ url, duplicates, settings }, { now }) => {
    const perUser = oneAtATime();
    const person = ({ signup, signal }: VendorCall): Person => ({ signup, signal, duplicates, settings });
    return {
      requestsPerSecond: settings.requestsPerSecond,
      prepare: (signup): Prepared => {
        const problems = signupProblems(signup, settings);
        if (problems.length > 0) return { kind: 'rejected', message: problems.join('; ') };
        const login = loginOf(signup, settings);
        return { kind: 'ready', personKey: login, loginName: login };
      },
      open: (secret) => {
        const opened = openBearerSecret(secret);
        if ('problem' in opened) return opened;
        const common = { url, token: opened.token, mediaType: 'application/json', wordsOf: errorWords, now };
        const { api, probe } = jsonApi(common, async (bare, signal) => {
          const page = await readPage(bare, nobody, 0, signal);
          if (page.kind === 'refused') return { kind: 'rejected', message: page.message };
          return page.kind === 'page' ? { kind: 'accepted' } : page;
        });
        return {
          access: 'direct',
          createAccount: (call) =>
            createUser(api(call, call.password?.value, call.signup.password), person(call), call),
          lookUp: (call) => lookUp(api(call, call.signup.password), person(call)),
          probe,
          register: (call) => registerUser(api(call, call.signup.password), person(call), call),
          addTags: (call) => addTags(api(call, call.signup.password), person(call), call, perUser),
        };
      },
    };
  },
};
