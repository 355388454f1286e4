import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleEntries } from '../bundle.ts';
import { checkByNag } from '../constructs/nag.ts';
import { runTool, ToolError } from '../tools/tool-error.ts';
import { type MailerConfig, readMailerConfig } from './mailer-config.ts';
import { MailerStack, mailerName } from './mailer-stack.ts';

/** Where the mailers' configs are, one file and one stack each. */
const configs = join(import.meta.dirname, 'config');

const builtFolder = join(import.meta.dirname, '../../build/welcome-mailer');

/** Bundles the mailer's function. @returns its folder */
export async function bundleMailer(outdir: string = builtFolder): Promise<string> {
  await bundleEntries({ 'welcome-mailer': 'lambdas/welcome-mailer/index.ts' }, outdir);
  return join(outdir, 'welcome-mailer');
}

/** @param outdir where the cloud assembly goes; where the CDK CLI says, if absent */
export function createMailerApp(mailers: readonly MailerConfig[], folder: string, outdir?: string): App {
  const app = new App({ ...(outdir !== undefined && { outdir }), analyticsReporting: false });
  checkByNag(app);
  for (const config of mailers) {
    const { account, region } = config;
    new MailerStack(app, mailerName(config.stage), {
      config,
      folder,
      env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    });
  }
  return app;
}

// npx cdk deploy --app 'node infra/welcome-mailer/app.ts' matriculate-prod-welcome-mailer
if (import.meta.main)
  await runTool(async () => {
    const files = existsSync(configs) ? readdirSync(configs).filter((file) => file.endsWith('.json')) : [];
    if (files.length === 0)
      throw new ToolError(
        'There is no mailer yet: copy infra/welcome-mailer/example.json to infra/welcome-mailer/config/prod.json.',
      );
    const mailers = files.map((file) => readMailerConfig(join(configs, file)));
    createMailerApp(mailers, await bundleMailer()).synth();
    return true;
  });
