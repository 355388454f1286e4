import { z } from 'zod';
import type { PlannedFunction } from './planned-function.ts';
import { number, ofType, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve-template.ts';

export interface PlannedRoute {
  /** `POST /webhooks/{source}`, `ANY /path` or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  /** How long API Gateway waits for the function. */
  readonly timeoutMs: number;
}

const routeSchema = z.object({ RouteKey: z.string(), Target: z.string().startsWith('integrations/') });

const integrationSchema = z.object({
  IntegrationUri: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: number.default(30_000),
});

/** @throws Error naming a route whose integration or function is not in the template */
export const planRoutes = (
  resources: readonly ResolvedResource[],
  functions: readonly PlannedFunction[],
): PlannedRoute[] =>
  ofType(resources, 'AWS::ApiGatewayV2::Route').map((resource) => {
    const { RouteKey, Target } = readProperties(routeSchema, resource);
    const integration = ofType(resources, 'AWS::ApiGatewayV2::Integration').find(
      ({ identity }) => Target === `integrations/${identity.ref}`,
    );
    if (!integration) throw new Error(`${resource.logicalId}: no integration ${Target}`);
    const { IntegrationUri, TimeoutInMillis } = readProperties(integrationSchema, integration);
    const target = functions.find(({ arn }) => IntegrationUri === arn || IntegrationUri.includes(`/${arn}/`));
    if (!target) throw new Error(`${integration.logicalId}: no function ${IntegrationUri}`);
    return { routeKey: RouteKey, functionName: target.name, timeoutMs: TimeoutInMillis };
  });
