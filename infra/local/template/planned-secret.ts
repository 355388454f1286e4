import { z } from 'zod';
import { number, ofType, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve-template.ts';

export interface PlannedSecret {
  readonly name: string;
  readonly arn: string;
  /** The value that the template gives, or asks to be generated; `undefined` for a secret without a version. */
  readonly value: { readonly text: string } | { readonly generate: GenerateSecretString } | undefined;
}

const generateSchema = z.object({
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
  PasswordLength: number.default(32),
});

/** CloudFormation's `GenerateSecretString`, of which the alphabet does not matter here. */
export type GenerateSecretString = z.infer<typeof generateSchema>;

const schema = z.object({
  Name: z.string(),
  SecretString: z.string().optional(),
  GenerateSecretString: generateSchema.optional(),
});

export const planSecrets = (resources: readonly ResolvedResource[]): PlannedSecret[] =>
  ofType(resources, 'AWS::SecretsManager::Secret').map((resource) => {
    const { Name, SecretString, GenerateSecretString } = readProperties(schema, resource);
    const arn = resource.identity.ref;
    if (GenerateSecretString) return { name: Name, arn, value: { generate: GenerateSecretString } };
    return { name: Name, arn, value: SecretString === undefined ? undefined : { text: SecretString } };
  });
