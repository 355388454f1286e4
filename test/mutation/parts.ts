/** What is mutated together, and the tests that must notice: the fast ones that speak of these files. */
export interface Part {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

export const parts: Readonly<Record<string, Part>> = {
  verify: {
    mutate: ['lambdas/receive-signup/verify/**/*.ts'],
    tests: [
      'test/receive-signup/verify/**/*.test.ts',
      'test/receive-signup/{config,handler,rotation}.test.ts',
      'test/infra/tools/sign-webhook.test.ts',
    ],
  },
  failures: {
    mutate: [
      'lambdas/platforms/{http-failure,vendor-http,json-call,without-person}.ts',
      'lambdas/platforms/electa/{refusal,reply,create-account,created-account,login}.ts',
      'lambdas/platforms/digitalchalk-soap/{account-calls,soap-reply}.ts',
      'lambdas/platforms/digitalchalk-rest/{create-user,find-user}.ts',
      'lambdas/platforms/scim/{create-user,scim-error}.ts',
    ],
    tests: [
      'test/platforms/{http-failure,vendor-http,vendor-https,reply-json,json-call,without-person,firewall}.test.ts',
      'test/platforms/electa/{adapter,wire,refusal,reply,create-account,created-account,login}.test.ts',
      'test/platforms/digitalchalk-soap/{adapter,wire,account-calls,soap-reply}.test.ts',
      'test/platforms/digitalchalk-rest/{adapter,wire,look-up}.test.ts',
      'test/platforms/scim/{adapter,wire,create-user,scim-error}.test.ts',
    ],
  },
  'state-machine': {
    mutate: [
      'lambdas/provision-user/{decide,transitions,next-move,patience}.ts',
      'lambdas/provision-user/{session,login,session-item,refusals,breaker}.ts',
    ],
    tests: [
      'test/provision-user/{decide,transitions,next-move,patience,registrations,late-copies,state-machine}.test.ts',
      'test/provision-user/{session,session-closed,login,session-item,refusals,breaker}.test.ts',
      'test/platforms/requests-per-second.test.ts',
    ],
  },
  clock: {
    mutate: ['lambdas/aws/shared-clock.ts'],
    tests: ['test/aws/shared-clock.test.ts'],
  },
};

/** The part that was asked for. @throws Error naming those that there are */
export function partOf(name: string | undefined): Part {
  const part = parts[name ?? ''];
  if (part === undefined) throw new Error(`npm run mutate PART; the parts are ${Object.keys(parts).join(', ')}`);
  return part;
}
