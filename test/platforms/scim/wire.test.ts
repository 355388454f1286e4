import { join } from 'node:path';
import { platforms } from '../../../lambdas/platforms/registry.ts';
import { testHttpSamples } from '../http-samples.ts';

testHttpSamples(platforms.scim, join(import.meta.dirname, '../../fixtures/scim/wire'), '/scim/v2');
