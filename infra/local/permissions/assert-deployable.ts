import type { StackPlan } from '../template/plan.ts';
import { arn, type World } from '../template/world.ts';
import type { Permissions } from './permissions.ts';

/**
 * What Lambda asks of a function's role before and beside the function's own calls: to receive and delete a mapping's messages, which AWS
 * checks when the mapping is made, and to write the function's log, without which nobody would ever learn of an error.
 *
 * @throws Error naming the function and what its role lacks
 */
export function assertDeployable(plan: StackPlan, permissions: Permissions, world: World): void {
  for (const { queueArn, functionName } of plan.eventSources) {
    const worker = plan.functions.find(({ name, arn: its }) => name === functionName || its === functionName);
    for (const operation of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
      assertAllowed(permissions, worker?.name ?? functionName, `sqs:${operation}`, queueArn);
  }
  for (const { name } of plan.functions)
    for (const operation of ['CreateLogStream', 'PutLogEvents'])
      assertAllowed(
        permissions,
        name,
        `logs:${operation}`,
        arn(world, 'logs', `log-group:/aws/lambda/${name}:log-stream:local`),
      );
}

function assertAllowed(permissions: Permissions, name: string, action: string, resource: string): void {
  if (!permissions.allows(name, { action, resource, context: {} }))
    throw new Error(`The role of ${name} does not have permissions to call ${action} on ${resource}`);
}
