import { join } from 'node:path';
import { platforms } from '../../../lambdas/platforms/registry.ts';
import { testHttpSamples } from '../http-samples.ts';

testHttpSamples(
  platforms['digitalchalk-rest'],
  join(import.meta.dirname, '../../fixtures/digitalchalk-rest/wire'),
  '/dc/api/v5',
);
