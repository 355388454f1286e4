import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { mapValues } from '../../checks/record.ts';
import type { LocalStack } from '../../local/local-stack.ts';

/** Where the stack on this machine is, for tools and for any AWS SDK client. Fields may be added. */
export const stackFileSchema = z.object({
  pid: z.number(),
  stage: z.string(),
  /** The config's file. */
  configFile: z.string(),
  url: z.string(),
  endpoints: z.object({ sqs: z.string(), sns: z.string(), dynamodb: z.string(), secretsmanager: z.string() }),
  region: z.string(),
  topicArn: z.string(),
  queueUrls: z.record(z.string(), z.string()),
  dlqUrls: z.record(z.string(), z.string()),
  tableName: z.string(),
  sourceKeys: z.record(z.string(), z.string()),
  /** The simulated vendors' addresses, by destination. */
  simulators: z.record(z.string(), z.string()),
  /** What of a destination's settings its simulator asks for, by destination. */
  simulatorSettings: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
export type StackFile = z.infer<typeof stackFileSchema>;

/** @param configFile the config that the stack was started with */
export function writeStackFile(path: string, stack: LocalStack, configFile: string): void {
  const { url, endpoints, region, topicArn, queueUrls, dlqUrls, tableName, sourceKeys } = stack;
  const simulators = mapValues(stack.simulators, ({ url }) => url);
  const simulatorSettings = mapValues(stack.simulators, ({ settings }) => ({ ...settings }));
  const content: StackFile = {
    pid: process.pid,
    stage: stack.config.stage,
    configFile,
    url,
    endpoints,
    region,
    topicArn,
    queueUrls,
    dlqUrls,
    tableName,
    sourceKeys,
    simulators,
    simulatorSettings,
  };
  write(path, content);
}

/** It holds the sources' keys. */
const write = (path: string, content: StackFile): void =>
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });

/**
 * Removes this process's file, unless another stack has taken its place.
 *
 * @param other the stack that was up before this one: if it still is, tools find it again
 */
export function removeStackFile(path: string, other: StackFile | undefined): void {
  if (readStackFile(path)?.pid !== process.pid) return;
  if (other !== undefined && isUp(other)) write(path, other);
  else rmSync(path, { force: true });
}

/** The stack that is up, if one is: what a killed one has left behind does not count. */
export function readStackFile(path: string): StackFile | undefined {
  try {
    const stack = stackFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return isUp(stack) ? stack : undefined;
  } catch {
    return undefined;
  }
}

function isUp({ pid }: StackFile): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
