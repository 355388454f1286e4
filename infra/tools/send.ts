import { parseArgs } from 'node:util';
import { type AskedSource, readAskedSource } from './asked-source.ts';
import { explainSignature } from './explain-signature.ts';
import { readDeliveries } from './read-deliveries.ts';
import { runningStack } from './running-stack.ts';
import { type SendResult, sendWebhook, type WebhookTarget } from './send-webhook.ts';
import type { StackFile } from './start/stack-file.ts';
import { runTool, ToolError } from './tool-error.ts';

/**
 * `npm run send [STAGE] SOURCE [FILE] [-- --explain]`: signs payloads as the source's system does and posts them, one by one, and prints
 * which were new, known and refused. FILE holds one payload or a JSON array of them; without it the source's sample is sent.
 */
await runTool(async () => {
  const { values, positionals } = parseArgs({ options: { explain: { type: 'boolean' } }, allowPositionals: true });
  const running = runningStack();
  const asked = await readAskedSource('send', positionals, running);
  const target = targetOf(asked, running);
  const payloads = readDeliveries(asked.file, asked.source.sample);
  const counts = { new: 0, known: 0, refused: 0 };
  for (const [index, payload] of payloads.entries()) {
    const result = await sendWebhook(target, payload, (signed) => {
      if (values.explain) console.log(explainSignature(target.verify, target.key, signed));
    });
    counts[result.kind] += 1;
    console.log(payloads.length > 1 ? `${index + 1}  ${show(result)}` : show(result));
  }
  if (payloads.length !== 1)
    console.log(`${payloads.length} sent: ${counts.new} new, ${counts.known} known, ${counts.refused} refused`);
  return counts.refused === 0;
});

function show(result: SendResult): string {
  if (result.kind === 'refused') return `refused  ${result.status}  ${result.detail}`;
  return `${result.kind.padEnd(7)}  ${result.signupId}  ${result.statusUrl}`;
}

function targetOf({ stage, id, source }: AskedSource, running: StackFile | undefined): WebhookTarget {
  if (stage !== undefined)
    throw new ToolError(
      `npm run send can't reach the deployed ${stage} yet; without a stage it sends to the stack that npm start runs on this machine`,
    );
  if (running === undefined)
    throw new ToolError('no stack runs on this machine; start one with npm start, in another terminal');
  const key = running.sourceKeys[id];
  if (key === undefined)
    throw new ToolError(`the stack on this machine has no key for ${id}; was it started with another config?`);
  return { url: running.url, source: id, verify: source.verify, key, now: Date.now };
}
