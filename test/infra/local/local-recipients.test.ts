import { describe, expect, it } from 'vitest';
import { localConfig } from '../../../infra/local/local-config.ts';
import { madeUpRecipients } from '../../../infra/local/local-recipients.ts';
import { readPrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';

const sources = { shop: { preset: 'woocommerce-order' } };
const classroom = { platform: 'electa', loginUrl: 'https://academy.example/classroom', credentials: ['mailer'] };
const placeholder = { kty: 'EC', crv: 'P-256', x: '…', y: '…', kid: 'mailer-1' };
const alerts = { page: 'it@academy.example' };

describe('a recipient without a key', () => {
  it.each([
    ['not named at all', {}],
    ['with a placeholder', { recipients: { mailer: placeholder } }],
    ['with an empty list', { recipients: { mailer: [] } }],
  ])('gets one on this machine: %s', async (_, recipients) => {
    const { config, recipientSecrets } = await localConfig({
      alerts,
      sources,
      destinations: { classroom },
      ...recipients,
    });
    expect(config.recipients.mailer?.map(({ kid }) => kid)).toEqual(['mailer-local']);
    expect([...readPrivateKeys(JSON.stringify(recipientSecrets.mailer)).keys()]).toEqual(['mailer-local']);
  });

  it('gets none if a real vendor’s credentials would go to it: they would reach nobody', async () => {
    const real = { ...classroom, url: 'https://api30.school-network.net' };
    await expect(localConfig({ alerts, sources, destinations: { classroom: real } })).rejects.toThrow(
      /no recipient "mailer"/,
    );
  });
});

it('a recipient with a key keeps it', () => {
  const json = { destinations: { classroom }, recipients: { mailer: { ...placeholder, x: 'a', y: 'b' } } };
  expect(madeUpRecipients(json)).toEqual({ json, secrets: {} });
});
