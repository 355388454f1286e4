import type { Preset } from '../preset.ts';
import sample from './sample.json' with { type: 'json' };

/**
 * An order of a Shopify shop, by the topic `orders/paid`. The header `X-Shopify-Webhook-Id` is not signed, so the order's id tells deliveries apart.
 * A shop may ask for the last name only, which is then taken for both.
 */
export const shopifyOrder: Preset = {
  title: 'Shopify order',
  verify: { scheme: 'shopify' },
  dedupeKey: ['/id'],
  accept: 'financial_status = "paid"',
  mapping: {
    email: 'email ?: contact_email ?: customer.email',
    firstName: 'customer.first_name ?: billing_address.first_name ?: customer.last_name ?: billing_address.last_name',
    lastName: 'customer.last_name ?: billing_address.last_name',
    phone: 'phone ?: customer.phone ?: billing_address.phone',
    address:
      '$join(billing_address.[address1, address2, city, province, country][$type($) = "string" and $ != ""], ", ")',
    zip: 'billing_address.zip',
    locale: 'customer_locale',
    reference: 'order_number',
    context: '{"skus": [line_items.sku[$type($) = "string" and $ != ""]][[0..24]][]}',
  },
  sample,
  events: ['Order payment'],
};
