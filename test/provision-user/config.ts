import { productionTimeLimits } from '../../infra/time-limits.ts';
import type { ProvisionUserConfig } from '../../lambdas/provision-user/config.ts';

/** One destination without a source. */
export const config: ProvisionUserConfig = {
  stage: 'prod',
  destination: {
    id: 'classroom',
    platform: 'model',
    url: 'http://vendor.example',
    duplicates: 'refused',
    loginUrl: null,
    recipients: null,
    roles: ['student'],
    giveUpAfterMs: 72 * 3_600_000,
    keepDays: 90,
    maximumConcurrency: 2,
    settings: {},
  },
  sources: {},
  timeLimits: productionTimeLimits,
};
