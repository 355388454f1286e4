import { expect, it } from 'vitest';
import { trySamples } from '../../../infra/checks/try-samples.ts';
import { presets } from '../../../infra/presets/registry.ts';
import { check, largest, smallest } from '../example-config.ts';

const own = largest.sources['own-site'];
const withSource = (source: object) =>
  check({ ...smallest, sources: { site: { ...own, to: ['classroom'], ...source } } });

it.each(Object.keys(presets))('lets the sample of the preset %s become a signup', async (preset) => {
  const verdict = await trySamples(check({ ...smallest, sources: { shop: { preset } } }));
  expect(verdict).toEqual({ mistakes: [], warnings: [] });
});

it('refuses a mapping that makes nothing of the config’s own sample', async () => {
  const { mistakes } = await trySamples(withSource({ mapping: { ...own.mapping, email: 'mail' } }));
  expect(mistakes).toEqual([
    { path: ['sources', 'site'], message: expect.stringMatching(/no signup for classroom: email: is missing/) },
  ]);
});

it('refuses a mapping that asks for a role which the destination does not give', async () => {
  const { mistakes } = await trySamples(withSource({ mapping: { ...own.mapping, role: '"administrator"' } }));
  expect(mistakes.map(({ message }) => message).join()).toMatch(/role: administrator/);
});

it.each([
  ['an accept that takes nothing', { accept: "event = 'registerd'" }, /is ignored.*accept: event = 'registerd'/],
  ['a when that never fits', { to: [{ destination: 'classroom', when: 'paid' }] }, /is ignored.*`when` of no route/],
  ['a dedupe key that points at nothing', { dedupeKey: ['/uuid'] }, /rejected everywhere: .*\/uuid/],
  ['a dedupe key that points at an object', { dedupeKey: ['/person'] }, /rejected everywhere: .*\/person/],
])('refuses %s, by the config’s own sample', async (_, source, words) => {
  const sample = { ...own.sample, person: { id: 1 } };
  const { mistakes, warnings } = await trySamples(withSource({ sample, ...source }));
  expect(mistakes).toEqual([{ path: ['sources', 'site'], message: expect.stringMatching(words) }]);
  expect(warnings).toEqual([]);
});

it.each([
  ['an accept', { accept: "status = 'mine'" }],
  ['a when', { to: [{ destination: 'classroom', when: "'MINE' in line_items.sku" }] }],
  ['a dedupe key', { dedupeKey: ['/plugin/id'] }],
])('only warns of %s that the preset’s sample does not go with', async (_, source) => {
  const config = check({ ...smallest, sources: { shop: { preset: 'woocommerce-order', ...source } } });
  const { mistakes, warnings } = await trySamples(config);
  expect(mistakes).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/^sources\.shop: its sample is .*give a "sample"/)]);
});

it('takes a sample that one of several routes takes', async () => {
  const to = [{ destination: 'classroom', when: 'false' }, 'academy'];
  const config = check({ ...largest, sources: { site: { ...own, to } } });
  expect(await trySamples(config)).toEqual({ mistakes: [], warnings: [] });
});

it('only warns where the mapping is the config’s and the sample the preset’s', async () => {
  const config = check({ ...smallest, sources: { shop: { preset: 'woocommerce-order', mapping: own.mapping } } });
  const { mistakes, warnings } = await trySamples(config);
  expect(mistakes).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/^sources\.shop: .*give a "sample"/)]);
});
