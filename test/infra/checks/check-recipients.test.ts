import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../infra/checks/mistakes.ts';
import { provisionUserConfig } from '../../../infra/function-configs.ts';
import { productionTimeLimits } from '../../../infra/time-limits.ts';
import { check, recipient, smallest } from '../example-config.ts';

const younger = { ...recipient, kid: 'mailer-2' };
const withRecipients = (recipients: unknown) => ({ ...smallest, recipients });

function mistakesIn(...[json, ...rest]: Parameters<typeof check>): string {
  try {
    check(json, ...rest);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('a recipient', () => {
  it.each([
    ['one key', recipient, [recipient]],
    ['several, while keys are changed', [recipient, younger], [recipient, younger]],
  ])('has %s, and credentials are encrypted to each', (_, mailer, keys) => {
    const config = check(withRecipients({ mailer }));
    expect(config.recipients).toEqual({ mailer: keys });
    expect(provisionUserConfig(config, 'classroom', productionTimeLimits).destination.recipients).toEqual(keys);
  });

  it('without a key is a mistake that says how to make one', () => {
    expect(mistakesIn(withRecipients({ mailer: [] }))).toContain(
      'recipients.mailer: has no key yet; `npm run recipient prod mailer`',
    );
  });

  it('without a key is a warning in dev', () => {
    expect(check(withRecipients({ mailer: [] }), 'dev').warnings).toContainEqual(
      expect.stringContaining('recipients.mailer has no key, so its credentials are thrown away'),
    );
  });

  it('shares no key id with another key', () => {
    expect(mistakesIn(withRecipients({ mailer: [recipient, younger], crm: younger }))).toContain(
      'recipients.crm: has the kid "mailer-2" of another key (of mailer)',
    );
  });

  it('has its second key checked like the first', () => {
    expect(mistakesIn(withRecipients({ mailer: [recipient, { ...younger, x: 'c4n4ry' }] }))).toMatch(
      /recipients\.mailer\[1\]: x and y are no public key/,
    );
  });
});
