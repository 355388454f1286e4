import type { Assembly } from './assembly.ts';
import { type PlannedEventSource, planEventSources } from './planned-event-source.ts';
import { type PlannedFunction, planFunctions } from './planned-function.ts';
import { type PlannedQueue, planQueues } from './planned-queue.ts';
import { type PlannedRoute, planRoutes } from './planned-route.ts';
import { type PlannedSecret, planSecrets } from './planned-secret.ts';
import { type PlannedTable, planTables } from './planned-table.ts';
import { type PlannedSubscription, type PlannedTopic, planSubscriptions, planTopics } from './planned-topic.ts';
import { resolveTemplate } from './resolve-template.ts';
import type { World } from './world.ts';

/** What the local stack runs of a template. Roles, keys, alarms and log groups are not run; their ARNs are made up. */
export interface StackPlan {
  readonly queues: readonly PlannedQueue[];
  readonly topics: readonly PlannedTopic[];
  readonly subscriptions: readonly PlannedSubscription[];
  readonly tables: readonly PlannedTable[];
  readonly secrets: readonly PlannedSecret[];
  readonly functions: readonly PlannedFunction[];
  readonly eventSources: readonly PlannedEventSource[];
  readonly routes: readonly PlannedRoute[];
}

/** @throws Error naming the resource that the local stack can't run as the template has it */
export function planStack(assembly: Assembly, world: World): StackPlan {
  const resources = resolveTemplate(assembly.template, world);
  const functions = planFunctions(resources, assembly.assets);
  return {
    queues: planQueues(resources),
    topics: planTopics(resources),
    subscriptions: planSubscriptions(resources),
    tables: planTables(resources),
    secrets: planSecrets(resources),
    functions,
    eventSources: planEventSources(resources),
    routes: planRoutes(resources, functions),
  };
}
