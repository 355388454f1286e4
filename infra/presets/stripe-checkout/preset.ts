import type { Preset } from '../preset.ts';
import sample from './sample.json' with { type: 'json' };

/** With plain spaces: the one of Japanese keyboards is wide. */
const name = '$trim($replace(customer_details.name[$ != null], "\u3000", " "))';

/**
 * A Stripe Checkout session, also behind payment links. Stripe knows one `name`; custom fields with the keys `firstname` and `lastname` go first,
 * else the name is cut at its first space. A session of mode `setup` only keeps a card, and asks for no payment either. The session's id tells deliveries apart, not the event's: a session paid by bank debit completes
 * unpaid with one event and is paid days later with another.
 */
export const stripeCheckout: Preset = {
  title: 'Stripe Checkout',
  verify: { scheme: 'stripe' },
  dedupeKey: ['/data/object/id'],
  accept:
    'type in ["checkout.session.completed", "checkout.session.async_payment_succeeded"] and data.object.payment_status in ["paid", "no_payment_required"] and $not(data.object.mode = "setup")',
  mapping: {
    email: 'data.object.(customer_details.email ?: customer_email)',
    firstName: `data.object.(custom_fields[key = "firstname"].text.value ?: $substringBefore(${name}, " "))`,
    lastName: `data.object.(custom_fields[key = "lastname"].text.value ?: $substringAfter(${name}, " "))`,
    phone: 'data.object.customer_details.phone',
    address:
      '$join(data.object.customer_details.address.[line1, line2, city, state, country][$type($) = "string" and $ != ""], ", ")',
    zip: 'data.object.customer_details.address.postal_code',
    locale: 'data.object.locale[$ != "auto"]',
    reference: 'data.object.(client_reference_id ?: id)',
  },
  sample,
  events: ['checkout.session.completed', 'checkout.session.async_payment_succeeded'],
};
