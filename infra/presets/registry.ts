import type { Preset } from './preset.ts';
import { shopifyOrder } from './shopify-order/preset.ts';
import { standardWebhooks } from './standard-webhooks/preset.ts';
import { stripeCheckout } from './stripe-checkout/preset.ts';
import { thinkific } from './thinkific/preset.ts';
import { typeformResponse } from './typeform-response/preset.ts';
import { woocommerceOrder } from './woocommerce-order/preset.ts';

/** Every kind of sender that needs no more than its name in a config; each name is its folder's. */
export const presets: Readonly<Record<string, Preset>> = {
  'standard-webhooks': standardWebhooks,
  'woocommerce-order': woocommerceOrder,
  'shopify-order': shopifyOrder,
  'stripe-checkout': stripeCheckout,
  'typeform-response': typeformResponse,
  thinkific,
};
