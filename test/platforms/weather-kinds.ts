import type { CallFailure } from '../../lambdas/platforms/platform.ts';
import type { Weather } from '../../lambdas/platforms/platform-simulator.ts';

/** What a call comes to in each weather, whoever the vendor is: whatever might have been done is never called undone, and nothing is a success. */
export const weatherKinds = {
  slow: 'nobody-knows',
  'http-500': 'nobody-knows',
  'http-503': 'not-done',
  'http-429': 'not-done',
  'maintenance-page': 'nobody-knows',
  empty: 'nobody-knows',
  truncated: 'nobody-knows',
  'two-roots': 'nobody-knows',
  'wrong-charset': 'nobody-knows',
  'reply-lost': 'nobody-knows',
  'request-lost': 'nobody-knows',
  'connection-refused': 'not-done',
  'reset-mid-body': 'nobody-knows',
  redirect: 'not-done',
  'huge-reply': 'nobody-knows',
} as const satisfies Readonly<Record<Weather, CallFailure['kind']>>;
