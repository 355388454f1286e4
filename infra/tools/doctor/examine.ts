import type { OperatedStage } from '../operate/operated-stage.ts';
import { checkSecrets, inWords } from '../secrets/check-secrets.ts';
import { type Finding, ok, wrong } from './finding.ts';
import { lookAtAlerts } from './look-at-alerts.ts';
import { lookAtServer } from './look-at-clock.ts';
import { lookAtConfig } from './look-at-config.ts';
import { lookAtCredentials } from './look-at-credentials.ts';
import { lookAtQueues } from './look-at-queues.ts';

export interface Examination {
  /** These alone, if not all. */
  readonly destinations: readonly string[];
  /** Whether a breaker that is open is to be given one more login. */
  readonly retry: boolean;
  readonly now: () => number;
}

/**
 * Looks at everything that a stage needs to work: config, alerts, secrets, queues, breakers, clocks, vendors and credentials. At most one login is
 * made at each vendor, nobody is created, and nothing is changed but the fleet's own session.
 */
export async function examine(
  stage: OperatedStage,
  { destinations, retry, now }: Examination,
): Promise<readonly Finding[]> {
  const secrets = await checkSecrets(stage, now());
  const filled = secrets.map(({ secret, judgement }): Finding => {
    const text = inWords(secret, judgement, stage.word);
    return judgement.kind === 'filled' ? ok(`secret ${secret.name}`, text) : wrong(`secret ${secret.name}`, text);
  });
  const [first] = destinations;
  const here = first === undefined ? [] : await lookAtServer('AWS', new URL(await stage.queueUrl(first)).origin, now);
  const each = destinations.map(async (destination) => {
    const { url } = stage.config.destinations[destination] ?? {};
    const secret = secrets.find(({ secret: { kind, of } }) => kind === 'destination' && of === destination);
    const findings = [
      await lookAtQueues(stage, destination),
      url === undefined ? [] : await lookAtServer(`vendor of ${destination}`, url, now),
      // An empty secret was told above; no login is tried with one.
      secret?.judgement.kind === 'filled' && url !== undefined
        ? await lookAtCredentials(stage, destination, { version: secret.version, retry })
        : [],
    ];
    return findings.flat();
  });
  return [
    ...lookAtConfig(stage.config),
    ...(await lookAtAlerts(stage)),
    ...filled,
    ...here,
    ...(await Promise.all(each)).flat(),
  ];
}
