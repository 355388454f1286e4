import { startChild } from './child.ts';
import { type PeerOptions, type PeerSnapshot, peerMemoryMb, peerSnapshotSchema } from './peer-protocol.ts';
import type { StackDescription } from './stack-protocol.ts';
import type { FunctionUse } from './usage.ts';
import type { BenchStack, Workshop } from './workshop.ts';

const destination = 'courses';
export const vendorMs = 250;

export interface Way {
  readonly name: string;
  /** The base address of its API. */
  readonly url: string;
}

/** Our way and the obvious one, at the same vendor. */
export interface TwoWays {
  readonly ways: { readonly ours: Way; readonly peer: Way };
  /** Ours, with the vendor of both. */
  readonly stack: BenchStack;
  readonly destination: string;
  readonly peerUsage: () => Promise<PeerSnapshot>;
  /** What the obvious way is billed for a signup. */
  readonly useBetween: (before: PeerSnapshot, after: PeerSnapshot) => FunctionUse;
  readonly close: () => Promise<void>;
}

/**
 * Accounts at DigitalChalk over SOAP, in an organisation that lets two of them have one address.
 *
 * @param concurrency how many webhooks the obvious way works on at a time
 */
export async function openTwoWays(workshop: Workshop, concurrency: number): Promise<TwoWays> {
  const stack = await workshop.startStack(
    { [destination]: { platform: 'digitalchalk-soap', credentials: ['mailer'], duplicates: 'allowed' } },
    { latencyMs: { [destination]: vendorMs }, polled: true },
  );
  const options = peerOptions(workshop, stack.description, concurrency);
  const child = await startChild('peer.ts', { args: [JSON.stringify(options)], log: workshop.log });
  const peerUsage = () => child.ask({}, peerSnapshotSchema);
  return {
    ways: {
      ours: { name: 'ours', url: stack.description.url },
      peer: { name: 'peer', url: (await peerUsage()).url },
    },
    stack,
    destination,
    peerUsage,
    useBetween: (before, after) => {
      const count = after.invocations - before.invocations;
      return {
        memoryMb: peerMemoryMb,
        invocations: 1,
        billedMs: (after.billedMs - before.billedMs) / count,
        logBytes: (after.logBytes - before.logBytes) / count,
      };
    },
    close: async () => {
      await Promise.all([child.stop(), stack.stop()]);
    },
  };
}

const peerOptions = (
  { folder, peer }: Workshop,
  { region, endpoints, topicArn, vendors }: StackDescription,
  concurrency: number,
): PeerOptions => ({
  directory: folder,
  bundle: peer,
  region,
  endpoints,
  concurrency,
  environment: {
    SOURCE_SECRET: 'matriculate/dev/sources/shop',
    VENDOR_SECRET: `matriculate/dev/destinations/${destination}`,
    WSDL_URL: `${vendors[destination]}/dc/api/v4.wsdl`,
    TOPIC_ARN: topicArn,
  },
});
