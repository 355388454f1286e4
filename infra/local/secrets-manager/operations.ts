import { z } from 'zod';
import { secretArn } from './secret-arn.ts';
import { type SecretStore, SecretsManagerError, type SecretVersion, type StoredSecret } from './secret-store.ts';

/** One operation of Secrets Manager's JSON 1.1 API: its input as parsed JSON, its output as JSON. */
export type Operation = (input: unknown, store: SecretStore, region: string) => unknown;

const read = <T>(schema: z.ZodType<T>, input: unknown): T => {
  const result = schema.safeParse(input);
  if (!result.success) throw new SecretsManagerError('ValidationException', z.prettifyError(result.error));
  return result.data;
};

const bySecret = z.object({ SecretId: z.string() });
const token = z.string().min(32).max(64).optional();
const seconds = (milliseconds: number): number => milliseconds / 1000;

const described = ({ name, arn, createdAt, versions }: StoredSecret) => ({
  ARN: arn,
  Name: name,
  CreatedDate: seconds(createdAt),
  LastChangedDate: seconds(versions.at(-1)?.createdAt ?? createdAt),
});

const labels = (versions: readonly SecretVersion[]) =>
  Object.fromEntries(versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]));

/** The operations that the functions and the tools use. */
export const operations: Readonly<Record<string, Operation>> = {
  CreateSecret: (input, store, region) => {
    const schema = z.object({ Name: z.string(), SecretString: z.string().optional(), ClientRequestToken: token });
    const { Name, SecretString, ClientRequestToken } = read(schema, input);
    const arn = secretArn(Name, region);
    const secret = store.create(Name, arn, SecretString, ClientRequestToken);
    return { ARN: secret.arn, Name, VersionId: secret.versions[0]?.id };
  },
  DescribeSecret: (input, store) => {
    const secret = store.find(read(bySecret, input).SecretId);
    return { ...described(secret), VersionIdsToStages: labels(secret.versions) };
  },
  GetSecretValue: (input, store) => {
    const schema = bySecret.extend({ VersionId: z.string().optional(), VersionStage: z.string().optional() });
    const { SecretId, VersionId, VersionStage } = read(schema, input);
    const secret = store.find(SecretId);
    const version = store.version(secret, { id: VersionId, stage: VersionStage });
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      SecretString: version.text,
      VersionStages: [...version.stages],
      CreatedDate: seconds(version.createdAt),
    };
  },
  ListSecrets: (_, store) => ({
    SecretList: store
      .list()
      .map((secret) => ({ ...described(secret), SecretVersionsToStages: labels(secret.versions) })),
  }),
  PutSecretValue: (input, store) => {
    const schema = bySecret.extend({
      SecretString: z.string(),
      ClientRequestToken: token,
      VersionStages: z.array(z.string()).optional(),
    });
    const { SecretId, SecretString, ClientRequestToken, VersionStages } = read(schema, input);
    const secret = store.find(SecretId);
    const version = store.put(SecretId, SecretString, ClientRequestToken, VersionStages);
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
  },
  UpdateSecretVersionStage: (input, store) => {
    const schema = bySecret.extend({
      VersionStage: z.string(),
      MoveToVersionId: z.string().optional(),
      RemoveFromVersionId: z.string().optional(),
    });
    const { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId } = read(schema, input);
    const secret = store.find(SecretId);
    if (RemoveFromVersionId !== undefined) store.version(secret, { id: RemoveFromVersionId, stage: VersionStage });
    store.label(
      secret,
      VersionStage,
      MoveToVersionId === undefined ? undefined : store.version(secret, { id: MoveToVersionId }),
    );
    return { ARN: secret.arn, Name: secret.name };
  },
};
