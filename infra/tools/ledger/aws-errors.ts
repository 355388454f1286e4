import { ToolError } from '../tool-error.ts';

/**
 * Runs something that calls AWS; what whoever typed the command can mend is said in a sentence.
 *
 * @param stage for people
 * @throws ToolError for missing credentials, a missing region, missing rights, a stage that is not there
 */
export async function inWordsOfAws<T>(stage: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const words = error instanceof Error ? explain(stage, error) : undefined;
    if (words === undefined) throw error;
    throw new ToolError(words);
  }
}

function explain(stage: string, error: Error): string | undefined {
  switch (error.name) {
    case 'CredentialsProviderError':
      return `There are no AWS credentials in this shell, or they can't be loaded: log in, or set AWS_PROFILE. (${error.message})`;
    case 'ExpiredTokenException':
    case 'ExpiredToken':
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
    case 'InvalidSignatureException':
      return `AWS does not take this shell's credentials: log in again. (${error.message})`;
    case 'AccessDenied':
    case 'AccessDeniedException':
    case 'KMSAccessDeniedException':
    case 'KmsAccessDenied':
      return `This shell's AWS credentials are not allowed to do that: ${error.message}`;
    case 'ResourceNotFoundException':
    case 'QueueDoesNotExist':
    case 'AWS.SimpleQueueService.NonExistentQueue':
      return `${stage} lacks what was asked for; is it deployed, and are these its account and region? (${error.message})`;
    default:
      return explainByMessage(stage, error);
  }
}

function explainByMessage(stage: string, error: Error): string | undefined {
  if (/^Region is missing/.test(error.message))
    return `In which region is ${stage}? Write "region" into its config, or set AWS_REGION.`;
  if ('code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'ETIMEDOUT'))
    return `${stage} can't be reached (${error.code}).`;
  return undefined;
}
