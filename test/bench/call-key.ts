import type { IncomingHttpHeaders } from 'node:http';

/**
 * Names an AWS call by who signed it, its service and its operation, such as `receive-signup sqs SendMessage`.
 *
 * @param functions access keys to functions' names
 * @returns `undefined` for what no function signed
 */
export function callKey(headers: IncomingHttpHeaders, functions: ReadonlyMap<string, string>): string | undefined {
  const [, accessKey = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const name = functions.get(accessKey);
  // SNS says the operation in the body; our functions publish and do nothing else there.
  const operation = String(headers['x-amz-target'] ?? '.Publish').split('.')[1];
  return name === undefined ? undefined : `${name} ${service} ${operation}`;
}
