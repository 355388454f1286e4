import * as z from 'zod/mini';
import type { Signup } from '../../signups/signup.ts';
import type { PlatformAdapter, Prepared, VendorAccount, VendorDestination, VendorTools } from '../platform.ts';
import { callVendor } from '../vendor-http.ts';
import { judgeCreate } from './create-account.ts';
import { createUserParameters } from './create-parameters.ts';
import { judgeLogin } from './login.ts';
import type { ElectaParameters } from './parameters.ts';
import { electaRequest } from './request.ts';
import { secretSchema } from './secret.ts';
import type { ElectaSettings } from './settings.ts';
import { traits } from './traits.ts';

/** Electa Live Virtual Classroom, API 3.0. */
export const adapter: PlatformAdapter<ElectaSettings> = {
  traits,
  connect: (destination, tools) => {
    const bound: Bound = { ...tools, ...destination };
    return { prepare: (signup) => prepare(bound, signup), open: (secret) => open(bound, secret) };
  },
};

type Bound = VendorTools & VendorDestination<ElectaSettings>;

function prepare({ duplicates }: Bound, signup: Signup): Prepared {
  const checked = createUserParameters(signup);
  if ('problems' in checked) return { kind: 'rejected', message: checked.problems.join('; ') };
  // An account that allows one address twice holds families: only address and names together are a person.
  const names = duplicates === 'allowed' ? [signup.firstName, signup.lastName] : [];
  const personKey = [signup.email, ...names].map((part) => part.trim()).join('\n');
  return { kind: 'ready', personKey, loginName: null };
}

function open(bound: Bound, secret: unknown): VendorAccount | { readonly problem: string } {
  const opened = z.safeParse(secretSchema, secret);
  if (!opened.success) return { problem: `is wrong: ${opened.error.issues.map(({ message }) => message).join('; ')}` };
  const { appKey } = opened.data;
  const cid = String(opened.data.cid);
  const call = (path: string, parameters: ElectaParameters, signal: AbortSignal) =>
    callVendor(electaRequest(bound.url, path, { CID: cid, ...parameters }, bound.settings, signal));
  return {
    access: 'session',
    login: async (signal) => {
      const reply = await call(bound.settings.tokenPath, { AppKey: appKey }, signal);
      return judgeLogin(reply, bound.settings, appKey, bound.now());
    },
    createAccount: async ({ signup, token, signal }) => {
      const checked = createUserParameters(signup);
      if ('problems' in checked) return { kind: 'rejected', message: checked.problems.join('; ') };
      const reply = await call(bound.settings.createUserPath, { Token: token, ...checked.parameters }, signal);
      const secrets = [appKey, token, signup.password ?? ''];
      return judgeCreate(reply, { signup, settings: bound.settings, secrets, now: bound.now() });
    },
  };
}
