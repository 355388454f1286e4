import { parseSignup, type Signup } from '../../lambdas/signups/signup.ts';

/** Ada Lovelace's signup, with these fields. @throws Error where it is not valid */
export function signupWith(fields: Readonly<Record<string, unknown>> = {}): Signup {
  const parsed = parseSignup({ email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', ...fields });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.signup;
}

/** A call about a signup, at a vendor without a login, with a password that we made. */
export const callWith = (signup: Signup = signupWith(), password = 'made-4-Ada', milliseconds = 5000) => ({
  signup,
  token: '',
  signal: AbortSignal.timeout(milliseconds),
  password: { value: password, made: true },
});
