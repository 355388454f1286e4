import type { Verify } from '../config.ts';
import { arloForm } from './arlo.ts';
import { basic } from './basic.ts';
import { githubForm } from './github.ts';
import { type HmacForm, hmacVerifier } from './hmac.ts';
import { shopifyForm } from './shopify.ts';
import { standardWebhooks, standardWebhooksForm } from './standard-webhooks.ts';
import { staticHeader } from './static-header.ts';
import { stripeForm } from './stripe.ts';
import { thinkificForm } from './thinkific.ts';
import { typeformForm } from './typeform.ts';
import type { Verifier } from './verifier.ts';
import { woocommerce, woocommerceForm } from './woocommerce.ts';

/** The verifier that a source's config asks for. */
export function verifierFor(verify: Verify): Verifier {
  switch (verify.scheme) {
    case 'standard-webhooks':
      return standardWebhooks;
    case 'woocommerce':
      return woocommerce;
    case 'static-header':
      return staticHeader(verify.header);
    case 'basic':
      return basic;
    default:
      return hmacVerifier(hmacFormOf(verify));
  }
}

/** How a source that signs does it; the tools that sign as a source does read it too. */
export function hmacFormOf(verify: Exclude<Verify, { scheme: 'static-header' | 'basic' }>): HmacForm {
  switch (verify.scheme) {
    case 'standard-webhooks':
      return standardWebhooksForm;
    case 'woocommerce':
      return woocommerceForm;
    case 'shopify':
      return shopifyForm;
    case 'stripe':
      return stripeForm;
    case 'typeform':
      return typeformForm;
    case 'github':
      return githubForm;
    case 'thinkific':
      return thinkificForm;
    case 'arlo':
      return arloForm;
    case 'hmac':
      return verify;
  }
}
