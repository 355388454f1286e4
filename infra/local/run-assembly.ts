import { join } from 'node:path';
import type { SQSRecord } from 'aws-lambda';
import { localAwsClients } from './aws-clients.ts';
import { createResources, createSecrets } from './create-resources.ts';
import { type RunningEventSource, startEventSource } from './event-source/event-source.ts';
import type { Endpoints } from './functions/endpoints.ts';
import { openFunctionLog } from './functions/function-log.ts';
import { createFunctionPool } from './functions/function-pool.ts';
import type { RunningFunction } from './functions/invocation.ts';
import { startHttpApi } from './http-api/http-api.ts';
import { assertDeployable } from './permissions/assert-deployable.ts';
import { startGate } from './permissions/gate.ts';
import { type Permissions, planPermissions } from './permissions/permissions.ts';
import { SecretStore } from './secrets-manager/secret-store.ts';
import { startSecretsManager } from './secrets-manager/server.ts';
import { startDynamoDb } from './servers/dynamodb.ts';
import type { RunningServer } from './servers/listen.ts';
import { startQueuesAndTopics } from './servers/queues-and-topics.ts';
import { readAssembly } from './template/assembly.ts';
import { planStack, type StackPlan } from './template/plan.ts';

export interface RunAssemblyOptions {
  /** Where `cdk synth` wrote the stack. */
  readonly assembly: string;
  readonly region: string;
  /** The HTTP API's; 0 takes any free one. */
  readonly port: number;
  /** Where each function's log goes, as `{function}.log`. */
  readonly logs: string;
  /** Secrets' values as text, by name; the template's own otherwise. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Functions call the services themselves: nothing stands between that AWS has not, and nobody is refused anything. For measuring. */
  readonly withoutGate?: boolean;
  /** Told of every queue message that a function is about to get. */
  readonly onReceive?: (record: SQSRecord) => void;
}

/** A synthesized stack that runs on this machine. */
export interface RunningAssembly {
  /** The HTTP API's base address. */
  readonly url: string;
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly plan: StackPlan;
  /** By name. */
  readonly functions: ReadonlyMap<string, RunningFunction>;
  readonly secrets: SecretStore;
  /** What the functions may do and did. */
  readonly permissions: Permissions;
  /** Ends every process and server. */
  readonly stop: () => Promise<void>;
}

/** Functions behind the API: as many processes as a busy machine can use. */
const apiConcurrency = 10;

/**
 * Runs a synthesized stack: the template's API routes, queues, topics, tables, secrets, functions and event source mappings.
 *
 * @throws Error where the template holds what the local stack can't run; nothing is left running then. `EADDRINUSE` where the port is taken
 */
export async function runAssembly(options: RunAssemblyOptions): Promise<RunningAssembly> {
  const ends: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(options, ends)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: RunAssemblyOptions, ends: (() => unknown)[]): Promise<Omit<RunningAssembly, 'stop'>> {
  const { region } = options;
  const assembly = readAssembly(options.assembly);
  const api = await startHttpApi(options.port);
  ends.push(api.close);
  const secrets = new SecretStore();
  const started = async (server: Promise<RunningServer>) => {
    const { url, close } = await server;
    ends.push(close);
    return url;
  };
  const [queues, dynamodb, secretsmanager] = await Promise.all([
    started(startQueuesAndTopics()),
    started(startDynamoDb()),
    started(startSecretsManager(secrets)),
  ]);
  const services = { sqs: queues, sns: queues, dynamodb, secretsmanager };
  const gate = await startGate(services);
  ends.push(gate.close);
  const gated = { sqs: gate.url, sns: gate.url, dynamodb: gate.url, secretsmanager: gate.url };
  const endpoints = options.withoutGate ? services : gated;
  const world = { region, stackName: assembly.stackName, sqs: endpoints.sqs, api: api.url };
  const plan = planStack(assembly, world);
  const permissions = planPermissions(assembly, world);
  assertDeployable(plan, permissions, world);
  gate.enforce(permissions);
  const clients = localAwsClients(endpoints, region);
  ends.push(clients.destroy);
  createSecrets(plan.secrets, secrets, options.secrets);
  await createResources(plan, clients);

  const functions = startFunctions(plan, { region, endpoints, logs: options.logs, stackName: assembly.stackName });
  for (const { stop } of functions.values()) ends.push(stop);
  const eventSources = plan.eventSources.map((mapping): RunningEventSource => {
    const queue = plan.queues.find(({ arn }) => arn === mapping.queueArn);
    const target = functionOf(functions, plan, mapping.functionName);
    if (!queue) throw new Error(`an event source mapping reads ${mapping.queueArn}, which is no queue of the template`);
    // Lambda's poller works under the function's role.
    const poller = localAwsClients(endpoints, region, target.accessKeyId);
    ends.push(poller.destroy);
    return startEventSource(mapping, queue.url, poller.sqs, (event) => {
      for (const record of event.Records) options.onReceive?.(record);
      return target.invoke(event);
    });
  });
  ends.push(() => Promise.all(eventSources.map((source) => source.stop())));
  api.serve(plan.routes, (name, event) => functionOf(functions, plan, name).invoke(event));
  return { url: api.url, endpoints, region, plan, functions, secrets, permissions };
}

function startFunctions(
  plan: StackPlan,
  { region, endpoints, logs, stackName }: { region: string; endpoints: Endpoints; logs: string; stackName: string },
): ReadonlyMap<string, RunningFunction> {
  const pools = plan.functions.map((planned): [string, RunningFunction] => {
    const log = openFunctionLog(join(logs), planned.name.replace(`${stackName}-`, ''));
    const mapping = plan.eventSources.find(
      ({ functionName }) => functionName === planned.name || functionName === planned.arn,
    );
    const pool = createFunctionPool(planned, { region, endpoints, log }, mapping?.maximumConcurrency ?? apiConcurrency);
    return [planned.name, pool];
  });
  return new Map(pools);
}

function functionOf(
  functions: ReadonlyMap<string, RunningFunction>,
  plan: StackPlan,
  nameOrArn: string,
): RunningFunction {
  const name = plan.functions.find((planned) => planned.name === nameOrArn || planned.arn === nameOrArn)?.name;
  const found = name === undefined ? undefined : functions.get(name);
  if (!found) throw new Error(`${nameOrArn} is no function of the template`);
  return found;
}
