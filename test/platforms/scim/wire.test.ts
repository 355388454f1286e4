import { join } from 'node:path';
import { adapter } from '../../../lambdas/platforms/scim/adapter.ts';
import { testHttpSamples } from '../http-samples.ts';

testHttpSamples(adapter, join(import.meta.dirname, '../../fixtures/scim/wire'), '/scim/v2');
