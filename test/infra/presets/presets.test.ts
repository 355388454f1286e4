import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { presets } from '../../../infra/presets/registry.ts';
import { createMapper } from '../../../lambdas/signups/map-signup.ts';

const folder = join(import.meta.dirname, '../../../infra/presets');
const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const mapWith = (name: string) => {
  const preset = presets[name];
  if (preset === undefined) throw new Error(`no preset ${name}`);
  return createMapper({ accept: preset.accept, mapping: { ...preset.mapping }, set: {} });
};
const map = (name: string, payload: unknown) => mapWith(name)(Buffer.from(JSON.stringify(payload)));
/** The preset's sample with some of its values changed; JSON has no references to share. */
const sampleOf = (name: string, change: (sample: Record<string, unknown>) => void) => {
  const sample = JSON.parse(JSON.stringify(presets[name]?.sample));
  change(sample);
  return sample;
};

/** Every place in a document that holds a value. */
const placesIn = (value: unknown, at: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))]
    : [at];

test('every folder is registered under its name', () => {
  expect(Object.keys(presets).sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(Object.entries(presets))('%s', (name, preset) => {
  test('its sample becomes Ada’s signup, with a reference to find it by', async () => {
    const mapped = await map(name, preset.sample);
    expect(mapped).toMatchObject({
      kind: 'signup',
      signup: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
    });
    expect(mapped.kind === 'signup' && mapped.signup.reference).toMatch(/^\w+$/);
  });

  test('its dedupe key is in the sample', () => {
    const isMissing = (pointer: string) => {
      const found = pointer
        .slice(1)
        .split('/')
        .reduce<unknown>((value, key) => Reflect.get(Object(value), key), preset.sample);
      return typeof found !== 'string' && typeof found !== 'number';
    };
    expect(preset.dedupeKey.filter((part) => part.startsWith('/') && isMissing(part))).toEqual([]);
  });

  test('it asks for no offerings, which some platforms can not register for', () => {
    expect(preset.mapping).not.toHaveProperty('offerings');
  });

  test('an empty object and a list make no signup', async () => {
    for (const payload of [{}, [], [preset.sample, preset.sample], null, 'text'])
      expect((await map(name, payload)).kind).not.toBe('signup');
  });

  test('null, nothing or an empty text in any place says at worst that the person is missing', async () => {
    for (const [last = '', ...before] of placesIn(preset.sample).map((place) => place.toReversed()))
      for (const value of [null, '', undefined]) {
        const payload = sampleOf(name, (sample) => {
          const parent = before.reduceRight<unknown>((inner, key) => Reflect.get(Object(inner), key), sample);
          Reflect.set(Object(parent), last, value);
        });
        const mapped = await map(name, payload);
        expect(mapped.kind === 'rejected' ? mapped.message : '', [last, ...before].join(' of ')).not.toMatch(
          /\b(phone|address|zip|locale|tags|reference|context):/,
        );
      }
  });

  test('its page tells what to click, which event to choose and where the key goes', () => {
    const page = readFileSync(join(folder, name, 'README.md'), 'utf8');
    expect(page).toContain('/webhooks/SOURCE');
    expect(page).toContain('npm run secrets STAGE');
    expect(page).toContain('**Told apart by**');
  });

  test('a config needs no more than its name', async () => {
    const config = await checkConfig(
      {
        alerts: { page: 'it@academy.example' },
        sources: { sender: { preset: name } },
        destinations: { classroom: { platform: 'electa', credentials: 'discard' } },
      },
      { stage: 'prod', file: 'prod.json', stages: ['prod'] },
    );
    expect(config.sources.sender).toMatchObject({ verify: preset.verify, mapping: preset.mapping });
  });
});

describe('woocommerce-order', () => {
  test.each(['pending', 'on-hold', 'cancelled', 'refunded', 'failed', 'checkout-draft', 'trash'])(
    'an order that is %s is no signup yet',
    async (status) => {
      const order = sampleOf('woocommerce-order', (sample) => Object.assign(sample, { status }));
      expect(await map('woocommerce-order', order)).toEqual({ kind: 'ignored', why: 'accept' });
    },
  );

  test('a completed order is one', async () => {
    const order = sampleOf('woocommerce-order', (sample) => Object.assign(sample, { status: 'completed' }));
    expect(await map('woocommerce-order', order)).toMatchObject({ kind: 'signup' });
  });

  test('the error that a shop sends when the hook’s owner lost rights is rejected with what to do', async () => {
    const error = {
      code: 'woocommerce_rest_cannot_view',
      message: 'Sorry, you cannot view this resource.',
      data: { status: 401 },
    };
    expect(await map('woocommerce-order', error)).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('save the webhook as an administrator'),
    });
  });

  test('the products’ SKUs are echoed, the first 25 of them', async () => {
    const order = sampleOf('woocommerce-order', (sample) => {
      sample.line_items = Array.from({ length: 40 }, (_, index) => ({ sku: `SKU-${index}` }));
    });
    const mapped = await map('woocommerce-order', order);
    expect(mapped.kind === 'signup' && mapped.signup.context.skus).toHaveLength(25);
  });

  test('the SKU of a product that was deleted is null, and no SKU', async () => {
    const order = sampleOf('woocommerce-order', (sample) => {
      sample.line_items = [{ sku: null }, { sku: 'COURSE-1' }];
    });
    expect(await map('woocommerce-order', order)).toMatchObject({ signup: { context: { skus: ['COURSE-1'] } } });
  });
});

describe('shopify-order', () => {
  test.each(['pending', 'authorized', 'partially_paid', 'refunded', 'voided', null])(
    'an order that is %s is no signup',
    async (status) => {
      const order = sampleOf('shopify-order', (sample) => Object.assign(sample, { financial_status: status }));
      expect(await map('shopify-order', order)).toEqual({ kind: 'ignored', why: 'accept' });
    },
  );

  test('a last name alone is taken for both', async () => {
    const order = sampleOf('shopify-order', (sample) => {
      for (const key of ['customer', 'billing_address']) Object.assign(Object(sample[key]), { first_name: null });
    });
    expect(await map('shopify-order', order)).toMatchObject({
      kind: 'signup',
      signup: { firstName: 'Lovelace', lastName: 'Lovelace' },
    });
  });

  test('a guest without a customer record is found in the order', async () => {
    const order = sampleOf('shopify-order', (sample) => Object.assign(sample, { customer: null, email: '' }));
    expect(await map('shopify-order', order)).toMatchObject({
      kind: 'signup',
      signup: { email: 'ada@example.com', firstName: 'Ada' },
    });
  });
});

describe('stripe-checkout', () => {
  const session = (type: string, changes: object) =>
    sampleOf('stripe-checkout', (sample) => {
      Object.assign(sample, { type });
      Object.assign(Object(Reflect.get(Object(sample.data), 'object')), changes);
    });

  test('a session that is completed but not paid waits for its money', async () => {
    const unpaid = session('checkout.session.completed', { payment_status: 'unpaid' });
    expect(await map('stripe-checkout', unpaid)).toEqual({ kind: 'ignored', why: 'accept' });
    const paid = session('checkout.session.async_payment_succeeded', {});
    expect(await map('stripe-checkout', paid)).toMatchObject({ kind: 'signup' });
  });

  test('a session that only keeps a card is no signup, though it asks for no payment either', async () => {
    const status = { payment_status: 'no_payment_required' };
    const card = session('checkout.session.completed', { ...status, mode: 'setup' });
    expect(await map('stripe-checkout', card)).toEqual({ kind: 'ignored', why: 'accept' });
    const trial = session('checkout.session.completed', { ...status, mode: 'subscription' });
    expect(await map('stripe-checkout', trial)).toMatchObject({ kind: 'signup' });
  });

  test('other events are ignored', async () => {
    expect(await map('stripe-checkout', session('checkout.session.expired', {}))).toMatchObject({ kind: 'ignored' });
  });

  test('without custom fields the name is cut at its first space', async () => {
    expect(await map('stripe-checkout', session('checkout.session.completed', { custom_fields: [] }))).toMatchObject({
      kind: 'signup',
      signup: { firstName: 'Ada', lastName: 'King Lovelace' },
    });
  });

  test('a wide space, as Japanese keyboards have one, is a space', async () => {
    const wide = session('checkout.session.completed', {
      custom_fields: [],
      customer_details: { email: 'a@b.c', name: '山田\u3000太郎' },
    });
    expect(await map('stripe-checkout', wide)).toMatchObject({ signup: { firstName: '山田', lastName: '太郎' } });
  });

  test('without any name it is rejected for that', async () => {
    const nameless = session('checkout.session.completed', {
      custom_fields: [],
      customer_details: { email: 'a@b.c', name: null },
    });
    expect(await map('stripe-checkout', nameless)).toMatchObject({
      kind: 'rejected',
      message: 'firstName: is missing; lastName: is missing',
    });
  });

  test('the browser’s own language is no language', async () => {
    const mapped = await map('stripe-checkout', session('checkout.session.completed', { locale: 'auto' }));
    expect(mapped.kind === 'signup' && mapped.signup.locale).toBeUndefined();
    expect(await map('stripe-checkout', session('checkout.session.completed', { locale: 'de' }))).toMatchObject({
      signup: { locale: 'de' },
    });
  });
});

describe('typeform-response', () => {
  test('hidden fields stand in for questions', async () => {
    const response = {
      event_id: 'e1',
      event_type: 'form_response',
      form_response: { token: 't', hidden: { email: 'h@example.com', first_name: 'H', last_name: 'I' } },
    };
    expect(await map('typeform-response', response)).toMatchObject({
      kind: 'signup',
      signup: { email: 'h@example.com', firstName: 'H', lastName: 'I' },
    });
  });

  test('a response that was left half-way is ignored', async () => {
    expect(await map('typeform-response', { event_type: 'form_response_partial' })).toMatchObject({ kind: 'ignored' });
  });
});

describe('thinkific', () => {
  test('a new user is a signup', async () => {
    const user = {
      id: '2',
      resource: 'user',
      action: 'signup',
      payload: { id: 94, email: 'u@example.com', first_name: 'U', last_name: 'V' },
    };
    expect(await map('thinkific', user)).toMatchObject({ kind: 'signup', signup: { email: 'u@example.com' } });
  });

  test('progress in a course is ignored', async () => {
    expect(await map('thinkific', { resource: 'enrollment', action: 'progress' })).toMatchObject({ kind: 'ignored' });
  });
});
