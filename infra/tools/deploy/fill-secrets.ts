import type { Asker } from '../ask.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { setSecret } from '../secrets/change-secret.ts';
import { checkSecrets } from '../secrets/check-secrets.ts';
import { ToolError } from '../tool-error.ts';

/**
 * Asks for each secret that nobody has filled yet. What is typed wrong, or left out, is left for later: signups wait for it, and none is lost.
 *
 * @param asker undefined where nobody sits at a terminal: then it says what is missing
 */
export async function fillSecrets(
  stage: OperatedStage,
  asker: Asker | undefined,
  say: (text: string) => void,
): Promise<void> {
  const reports = await checkSecrets(stage, Date.now());
  const empty = reports.filter(({ judgement, secret }) => judgement.kind === 'empty' && secret.kind !== 'generated');
  for (const { secret } of empty) {
    const later = `${secret.name} is empty: npm run secrets${stage.word} set ${secret.name}`;
    if (asker === undefined) {
      say(later);
      continue;
    }
    try {
      say(await setSecret(secret, stage, asker));
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      say(`${error.message} Later: npm run secrets${stage.word} set ${secret.name}`);
    }
  }
}
