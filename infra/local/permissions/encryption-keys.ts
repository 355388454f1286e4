import { z } from 'zod';
import { attribute, ofType, readProperties } from '../template/properties.ts';
import type { ResolvedResource } from '../template/resolve-template.ts';

const keyId = z.string().optional();

/** Where a resource of each type names its key. */
const places: Readonly<Record<string, z.ZodType<string | undefined>>> = {
  'AWS::SQS::Queue': z.object({ KmsMasterKeyId: keyId }).transform((queue) => queue.KmsMasterKeyId),
  'AWS::SNS::Topic': z.object({ KmsMasterKeyId: keyId }).transform((topic) => topic.KmsMasterKeyId),
  'AWS::SecretsManager::Secret': z.object({ KmsKeyId: keyId }).transform((secret) => secret.KmsKeyId),
  'AWS::DynamoDB::Table': z
    .object({ SSESpecification: z.object({ KMSMasterKeyId: keyId }).optional() })
    .transform((table) => table.SSESpecification?.KMSMasterKeyId),
};

/** The template's own keys by which its resources are encrypted, both by ARN; AWS's keys ask for no permission. */
export function encryptionKeys(resources: readonly ResolvedResource[]): Readonly<Record<string, string>> {
  const keys = ofType(resources, 'AWS::KMS::Key').map((key) => ({ arn: attribute(key, 'Arn'), id: key.identity.ref }));
  const entries = Object.entries(places).flatMap(([type, place]) =>
    ofType(resources, type).flatMap((resource): [string, string][] => {
      const written = readProperties(place, resource);
      const key = keys.find(({ arn, id }) => written === arn || written === id);
      return key === undefined ? [] : [[arnOf(resource), key.arn]];
    }),
  );
  return Object.fromEntries(entries);
}

/** A queue's and a table's `Ref` is no ARN. */
const arnOf = ({ identity }: ResolvedResource): string => identity.attributes.Arn ?? identity.ref;
