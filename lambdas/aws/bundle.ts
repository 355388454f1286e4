import { fileURLToPath } from 'node:url';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What the AWS clients bring for other places than Lambda, and what stands for it in a bundle (esbuild's `alias`). */
export const bundleAliases: Readonly<Record<string, string>> = {
  // Profiles, SSO, STS, processes, containers, instance metadata: 120 KB of ways to credentials that a function has in its environment.
  '@aws-sdk/credential-provider-node': path('environment-credentials.ts'),
  // 20 KB for operations that stream events; ours answer once.
  '@smithy/core/event-streams': path('../absent.ts'),
  '@aws-sdk/endpoint-cache': path('no-endpoint-cache.ts'),
};
