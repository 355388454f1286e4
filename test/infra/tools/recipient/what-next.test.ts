import { expect, it } from 'vitest';
import { whatNext } from '../../../../infra/tools/recipient/what-next.ts';
import { smallest } from '../../example-config.ts';

const config = JSON.stringify(smallest);
const out = { file: '/home/ada/my keys.json', secretName: 'matriculate/prod/recipients/mailer' };
const first = { kid: 'mailer-1', before: [], isFirst: true };
const second = { kid: 'mailer-2', before: ['mailer-1'], isFirst: false };

it('a first key makes the secret in the other account, and replaces none that is there', () => {
  const words = whatNext('mailer', first, config, out).join('\n');
  expect(words).toContain(
    "create-secret --name matriculate/prod/recipients/mailer --secret-string 'file:///home/ada/my keys.json'",
  );
  expect(words).toContain('get-secret-value');
  expect(words).not.toContain('put-secret-value');
});

it('a later key replaces the secret by the file, which has the earlier ones too', () => {
  const words = whatNext('mailer', second, config, out).join('\n');
  expect(words).toContain('put-secret-value --secret-id matriculate/prod/recipients/mailer');
  expect(words).toContain('They still are to mailer-1 as well');
});

it('a key in this account needs a deployment only, and a destination that names its recipient', () => {
  expect(whatNext('mailer', first, config, undefined)).toEqual([expect.stringMatching(/^Deploy the stage/)]);
  expect(whatNext('crm', first, config, undefined)[0]).toMatch(/write "credentials": \["crm"\]/);
});
