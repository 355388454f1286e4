import { first, type Invariant } from '../evidence.ts';
import { ledgerKey } from '../world.ts';

/** A password, key or token is in no log, error, metric, event or table in clear. */
export const secretsNotLeaked: Invariant = ({ world, happenings }) => {
  const made = world.vendor.accounts.map(({ password }) => password);
  const set = happenings.flatMap((each) => (each.kind === 'called' && each.password !== null ? [each.password] : []));
  const secrets = [...new Set([ledgerKey, 'canary', ...made, ...set])];
  const said = happenings.flatMap((each) => {
    if (each.kind === 'said' || each.kind === 'published') return [each.text];
    return each.kind === 'broke' ? [each.error] : [];
  });
  const everything = [...said, world.ledger.text()].join('\n');
  return first(secrets, (secret) =>
    everything.includes(secret) ? `${secret.slice(0, 12)}… is to be read` : undefined,
  );
};
