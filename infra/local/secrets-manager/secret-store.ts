import { randomUUID } from 'node:crypto';

/** Secrets Manager's staging labels: at any time each belongs to one version. */
export type Stage = string;

export interface SecretVersion {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly stages: Set<Stage>;
}

export interface StoredSecret {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly versions: SecretVersion[];
}

/** An error as Secrets Manager names it, such as `ResourceNotFoundException`. */
export class SecretsManagerError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SecretsManagerError';
    this.code = code;
  }
}

const missing = () =>
  new SecretsManagerError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

/** Secrets, their versions and labels, moved as Secrets Manager moves them (API reference, PutSecretValue). */
export class SecretStore {
  readonly #secrets = new Map<string, StoredSecret>();

  list(): StoredSecret[] {
    return [...this.#secrets.values()];
  }

  /** @throws SecretsManagerError `ResourceNotFoundException` */
  find(nameOrArn: string): StoredSecret {
    const secret =
      this.#secrets.get(nameOrArn) ??
      this.list().find(({ arn }) => arn === nameOrArn || arn.slice(0, -7) === nameOrArn);
    if (!secret) throw missing();
    return secret;
  }

  /** @throws SecretsManagerError `ResourceExistsException` */
  create(name: string, arn: string, text?: string, token?: string): StoredSecret {
    if (this.#secrets.has(name))
      throw new SecretsManagerError(
        'ResourceExistsException',
        `The operation failed because the secret ${name} already exists.`,
      );
    const secret: StoredSecret = { name, arn, createdAt: Date.now(), versions: [] };
    this.#secrets.set(name, secret);
    if (text !== undefined) this.put(name, text, token);
    return secret;
  }

  /**
   * Adds a version. AWSCURRENT moves to it, and AWSPREVIOUS to the one that had been current.
   *
   * @param token the version's id; the same one again with the same text is the same call
   * @throws SecretsManagerError `ResourceNotFoundException`; `ResourceExistsException` where the token was used for another text
   */
  put(
    nameOrArn: string,
    text: string,
    token: string = randomUUID(),
    stages: readonly Stage[] = ['AWSCURRENT'],
  ): SecretVersion {
    const secret = this.find(nameOrArn);
    const same = secret.versions.find(({ id }) => id === token);
    if (same && same.text !== text)
      throw new SecretsManagerError(
        'ResourceExistsException',
        'You already have a version with the same VersionId but different content.',
      );
    const version = same ?? { id: token, text, createdAt: Date.now(), stages: new Set() };
    if (!same) secret.versions.push(version);
    for (const stage of stages) this.label(secret, stage, version);
    return version;
  }

  /** @throws SecretsManagerError `ResourceNotFoundException` where there is no such version */
  version(secret: StoredSecret, { id, stage }: { id?: string | undefined; stage?: Stage | undefined }): SecretVersion {
    const wanted = id === undefined && stage === undefined ? 'AWSCURRENT' : stage;
    const version = secret.versions.find(
      (candidate) =>
        (id === undefined || candidate.id === id) && (wanted === undefined || candidate.stages.has(wanted)),
    );
    if (!version)
      throw new SecretsManagerError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for ${id === undefined ? `staging label: ${wanted}` : `VersionId: ${id}`}`,
      );
    return version;
  }

  /** Moves a label; without a version it is taken away. A label that leaves AWSCURRENT becomes AWSPREVIOUS. */
  label(secret: StoredSecret, stage: Stage, version?: SecretVersion): void {
    const holder = secret.versions.find(({ stages }) => stages.has(stage));
    if (holder === version) return;
    holder?.stages.delete(stage);
    version?.stages.add(stage);
    if (stage === 'AWSCURRENT' && holder) this.label(secret, 'AWSPREVIOUS', holder);
  }
}
