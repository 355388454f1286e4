import { randomBytes } from 'node:crypto';
import type { EventData } from '../../../lambdas/signups/event.ts';
import { withoutPersonalData } from '../../../lambdas/signups/personal-data.ts';
import { sealCredentials } from '../../../lambdas/signups/sealing.ts';
import { writeEvent } from '../../../lambdas/signups/write-event.ts';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import { asSample } from '../../contract/as-sample.ts';
import { eventTypes } from '../../contract/event-types.ts';
import { provisionUserConfig } from '../../function-configs.ts';
import { productionTimeLimits } from '../../time-limits.ts';

/**
 * One event of each type for each destination, marked as a sample, as the first source that names it would cause them: the stage's names, the
 * destination's `personalData`, and credentials that its recipients can read.
 *
 * @param now milliseconds since the epoch
 */
export async function sampleEvents(config: CheckedConfig, now: number): Promise<readonly string[]> {
  const sources = Object.entries(config.sources);
  const samples = Object.keys(config.destinations).map(async (destination) => {
    const [source] = sources.find(([, { to }]) => to.some((route) => route.destination === destination)) ?? [];
    return source === undefined ? [] : samplesOf(config, destination, source, now);
  });
  return (await Promise.all(samples)).flat();
}

async function samplesOf(
  config: CheckedConfig,
  destination: string,
  source: string,
  now: number,
): Promise<readonly string[]> {
  const worker = provisionUserConfig(config, destination, productionTimeLimits, {
    [destination]: 'https://vendor.example',
  });
  const { recipients, personalData, platform, loginUrl } = worker.destination;
  const jwe = await sealCredentials({ username: 'sample', password: 'sample-password' }, recipients ?? []);
  const time = new Date(now).toISOString();

  return eventTypes.map(({ step, outcome }) => {
    const isAccount = step === 'account';
    const hasAccount = !isAccount || outcome === 'created';
    const data: EventData = {
      outcome,
      // Each is a signup of its own, that nobody has heard of: its id is nobody's duplicate.
      signupId: `${source}.${randomBytes(17).toString('base64url').slice(0, 22)}`,
      run: 1,
      reference: 'sample',
      source,
      destination,
      platform,
      person: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', locale: 'en' },
      offering: isAccount ? null : 'sample-course',
      registrationId: null,
      account: hasAccount ? { userId: '1', username: 'sample', role: 'student' } : null,
      loginUrl,
      credentials: isAccount ? credentialsOf(outcome, recipients === null ? undefined : jwe) : null,
      notApplied: [],
      context: {},
      reason:
        outcome === 'created' ? null : { code: reasonOf[outcome], message: 'This is a sample: nobody signed up.' },
      attempts: 1,
      afterLostReply: false,
      acceptedAt: time,
      finishedAt: time,
    };
    const told = personalData === 'omit' ? withoutPersonalData(data) : data;
    return asSample(writeEvent(config.stage, isAccount ? step : `${step}:sample-course`, 1, told));
  });
}

const reasonOf = {
  existing: 'vendor-duplicate',
  rejected: 'vendor-rejected',
  failed: 'gave-up',
  unknown: 'vendor-reply-lost',
} as const;

/** @param jwe `null` where there is no recipient, `undefined` where the platform yields no credentials */
function credentialsOf(outcome: EventData['outcome'], jwe: unknown): EventData['credentials'] {
  if (jwe === undefined) return null;
  if (outcome === 'existing') return { state: 'existing' };
  if (outcome !== 'created') return null;
  return jwe === null ? { state: 'discarded' } : { state: 'encrypted', jwe };
}
