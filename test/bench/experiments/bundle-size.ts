import { type Figure, round } from '../figure.ts';
import type { Workshop } from '../workshop.ts';

/** Kilobytes that a function's bundle is to stay under. Others have the greatest of these. */
const reach: Readonly<Record<string, number>> = {
  'receive-signup': 400,
  'signup-status': 400,
  'provision-user-electa': 550,
  'provision-user-digitalchalk-soap': 1150,
};

export const bundleSizes = ({ bytes }: Workshop): Figure[] =>
  Object.entries(bytes).map(([name, size]) => ({
    key: 'bundle_kb',
    part: name,
    title: `bundle of ${name}`,
    unit: 'KB',
    floor: null,
    ours: size / 1000,
    ratio: null,
    value: round(size / 1000, 1),
    reach: reach[name] ?? Math.max(...Object.values(reach)),
  }));
