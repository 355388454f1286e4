import { join } from 'node:path';
import { adapter } from '../../../lambdas/platforms/digitalchalk-rest/adapter.ts';
import { testHttpSamples } from '../http-samples.ts';

testHttpSamples(adapter, join(import.meta.dirname, '../../fixtures/digitalchalk-rest/wire'), '/dc/api/v5');
