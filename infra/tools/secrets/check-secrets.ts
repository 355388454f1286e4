import { fromNow } from '../ledger/age.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { readSecret } from './kept-secret.ts';
import { type Judgement, type StageSecret, stageSecrets } from './stage-secret.ts';

/** How one of a stage's secrets is. */
export interface SecretReport {
  readonly secret: StageSecret;
  readonly judgement: Judgement;
  /** AWSCURRENT's VersionId; empty where there is none. */
  readonly version: string;
  /** When it was last changed, and whether the version before is still there. */
  readonly history: string;
}

/** Looks at every secret of a stage. */
export const checkSecrets = (
  { config, secretsManager }: Pick<OperatedStage, 'config' | 'secretsManager'>,
  now: number,
): Promise<readonly SecretReport[]> =>
  Promise.all(
    stageSecrets(config).map(async (secret): Promise<SecretReport> => {
      const kept = await readSecret(secretsManager, secret.secretId);
      if (kept === undefined)
        return {
          secret,
          judgement: { kind: 'wrong', problem: 'is not there; is the stage deployed?' },
          version: '',
          history: '',
        };
      const changed = kept.since === undefined ? '' : `changed ${fromNow(kept.since.getTime(), now)}`;
      const history = kept.previous === undefined ? changed : `${changed}, the version before is kept`;
      return { secret, judgement: secret.judge(kept.value), version: kept.version, history };
    }),
  );

/** One line a secret; nothing of what is in it. */
export function showSecrets(reports: readonly SecretReport[], word: string): string {
  const width = Math.max(...reports.map(({ secret }) => secret.name.length));
  return reports
    .map(
      ({ secret, judgement, history }) =>
        `${secret.name.padEnd(width)}  ${inWords(secret, judgement, word)}${history === '' ? '' : `; ${history}`}`,
    )
    .join('\n');
}

/** @param word the stage as a command line says it */
export function inWords({ name }: StageSecret, judgement: Judgement, word: string): string {
  switch (judgement.kind) {
    case 'filled':
      return `filled: ${judgement.note}`;
    case 'empty':
      return `EMPTY: npm run secrets${word} set ${name}`;
    case 'wrong':
      return `WRONG: ${judgement.problem}: npm run secrets${word} set ${name}`;
  }
}
