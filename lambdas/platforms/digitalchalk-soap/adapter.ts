import * as z from 'zod/mini';
import type { PlatformAdapter, Prepared } from '../platform.ts';
import { accountCalls } from './account-calls.ts';
import { secretSchema } from './secret.ts';
import type { DigitalChalkSoapSettings } from './settings.ts';
import { loginOf, signupProblem } from './signup-fields.ts';
import { traits } from './traits.ts';

/** DigitalChalk's SOAP API v4: no login, each request is signed for itself. */
export const adapter: PlatformAdapter<DigitalChalkSoapSettings> = {
  traits,
  connect: ({ url: base, settings }, tools) => {
    const url = `${base.replace(/\/+$/, '')}${settings.endpoint}`;
    return {
      prepare: (signup): Prepared => {
        const message = signupProblem(signup, settings);
        if (message !== undefined) return { kind: 'rejected', message };
        const login = loginOf(signup, settings);
        return { kind: 'ready', personKey: login, loginName: login };
      },
      open: (secret) => {
        const keys = z.safeParse(secretSchema, secret);
        if (keys.success)
          return { access: 'direct', ...accountCalls({ url, keys: keys.data, now: tools.now }, settings) };
        const problems = keys.error.issues.map((issue) => `${issue.path.join('.') || 'the secret'} ${issue.message}`);
        return { problem: `${problems.join('; ')}: the secret must be {"accessKey": "…", "secretKey": "…"}` };
      },
    };
  },
};
