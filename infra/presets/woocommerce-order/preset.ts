import type { Preset } from '../preset.ts';
import sample from './sample.json' with { type: 'json' };

/**
 * An order of a WooCommerce shop (REST API v3's order). Only paid ones are signups: `processing` and `completed`.
 * A shop whose webhook belongs to somebody who may no longer read orders sends a rightly signed error in place of the order: told, not ignored.
 */
export const woocommerceOrder: Preset = {
  title: 'WooCommerce order',
  verify: { scheme: 'woocommerce' },
  dedupeKey: ['/id'],
  accept:
    '$startsWith(code, "woocommerce_rest_") ? $error("the shop sent an error in place of the order: the owner of its webhook may not read orders; save the webhook as an administrator") : status in ["processing", "completed"]',
  mapping: {
    email: 'billing.email',
    firstName: 'billing.first_name',
    lastName: 'billing.last_name',
    phone: 'billing.phone',
    address: '$join(billing.[address_1, address_2, city, state, country][$type($) = "string" and $ != ""], ", ")',
    zip: 'billing.postcode',
    reference: 'number',
    context: '{"skus": [line_items.sku[$type($) = "string" and $ != ""]][[0..24]][]}',
  },
  sample,
  events: ['Order updated'],
};
