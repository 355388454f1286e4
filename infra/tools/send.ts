import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientLimits } from '../../lambdas/aws/clients.ts';
import { type AskedSource, readAskedSource } from './asked-source.ts';
import { lastOutputs } from './deploy/outputs.ts';
import { explainSignature } from './explain-signature.ts';
import { inWordsOfAws } from './ledger/aws-errors.ts';
import { readDeliveries } from './read-deliveries.ts';
import { readFlags } from './read-flags.ts';
import { runningStack } from './running-stack.ts';
import { deployedKey, deployedUrl, localTarget } from './send-target.ts';
import { type SendResult, sendWebhook } from './send-webhook.ts';
import type { StackFile } from './start/stack-file.ts';
import { runTool } from './tool-error.ts';

const usage = 'npm run send [STAGE] SOURCE [FILE] [-- --explain] [--url URL]';

/**
 * `npm run send [STAGE] SOURCE [FILE] [-- --explain] [-- --url URL]`: signs payloads as the source's system does and posts them, one by one,
 * and prints which were new, known and refused, or taken, where the status does not say which. FILE holds one payload or a JSON array of them;
 * without it the source's sample is sent.
 */
await runTool(async () => {
  const { values, positionals } = readFlags(usage, { explain: { type: 'boolean' }, url: { type: 'string' } });
  const running = runningStack();
  const asked = await readAskedSource('send', positionals, running);
  const target = await targetOf(asked, running, values.url);
  const payloads = readDeliveries(asked.file, asked.source.sample);
  const counts = { new: 0, known: 0, taken: 0, refused: 0 };
  for (const [index, payload] of payloads.entries()) {
    const result = await sendWebhook(target, payload, (signed) => {
      if (values.explain) console.log(explainSignature(target.verify, target.key, signed));
    });
    counts[result.kind] += 1;
    console.log(payloads.length > 1 ? `${index + 1}  ${show(result)}` : show(result));
  }
  const taken = counts.taken === 0 ? '' : `${counts.taken} taken (their status did not say which), `;
  if (payloads.length > 1)
    console.log(`${payloads.length} sent: ${counts.new} new, ${counts.known} known, ${taken}${counts.refused} refused`);
  return counts.refused === 0;
});

function show(result: SendResult): string {
  if (result.kind === 'refused') return `refused  ${result.status}  ${result.detail}`;
  return `${result.kind.padEnd(7)}  ${result.signupId}  ${result.statusUrl}`;
}

/** The source here, or on a deployed stage, whose key this shell's AWS credentials must be allowed to read. */
async function targetOf(asked: AskedSource, running: StackFile | undefined, url: string | undefined) {
  const { stage, config, source, id } = asked;
  if (stage === undefined) return inWordsOfAws('the stack on this machine', () => localTarget(asked, running));
  const settings = { ...clientLimits, ...(config.region !== undefined && { region: config.region }) };
  const key = () => deployedKey({ stage, id, source }, new SecretsManagerClient(settings));
  return {
    url: deployedUrl(config, url, lastOutputs(stage)),
    source: id,
    verify: source.verify,
    key: await inWordsOfAws(stage, key),
    now: Date.now,
  };
}
