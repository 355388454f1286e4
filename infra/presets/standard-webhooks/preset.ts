import type { Preset } from '../preset.ts';
import sample from './sample.json' with { type: 'json' };

/** Any sender that follows the Standard Webhooks specification: `{type, timestamp, data}`, names in camelCase or snake_case. */
export const standardWebhooks: Preset = {
  title: 'Standard Webhooks',
  verify: { scheme: 'standard-webhooks' },
  dedupeKey: ['webhook-id'],
  mapping: {
    email: 'data.email',
    firstName: 'data.(firstName ?: first_name ?: given_name)',
    lastName: 'data.(lastName ?: last_name ?: family_name)',
    phone: 'data.phone',
    locale: 'data.locale',
    tags: 'data.tags',
    reference: 'data.(reference ?: id)',
  },
  sample,
  events: ['the event that says that somebody has signed up, such as signup.created or user.created'],
};
