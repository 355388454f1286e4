import { expect, it } from 'vitest';
import { createHistory } from './history.ts';
import { createVendorService } from './vendor-service.ts';

const minute = 60_000;

function vendorOf(access: 'session' | 'direct', duplicates: 'refused' | 'allowed' = 'refused') {
  const clock = { now: 0 };
  const service = createVendorService(
    () => clock.now,
    createHistory(() => clock.now),
    { access, duplicates },
  );
  return { clock, service };
}

const ada = { personKey: 'ada@example.com', reference: 'ada', isRefused: false, password: null };

it('five refused logins in 15 minutes lock the account, for the right key too', () => {
  const { clock, service } = vendorOf('session');
  for (let count = 0; count < 4; count++) expect(service.logIn('wrong')).toBe('refused');
  expect(service.wasLocked()).toBe(false);
  clock.now = 15 * minute;
  expect(service.logIn('wrong')).toBe('refused');
  expect(service.wasLocked()).toBe(false);
  for (let count = 0; count < 4; count++) service.logIn('wrong');
  expect(service.logIn(service.key())).toBe('locked');
});

it('a token ends after 20 minutes, with the next login, and with a new key', () => {
  const { clock, service } = vendorOf('session');
  const logIn = () => {
    const answer = service.logIn(service.key());
    return typeof answer === 'string' ? expect.fail(answer) : answer.token;
  };
  const access = (token: string) => service.check({ key: service.key(), token });
  const first = logIn();
  expect(access(first)).toBe('granted');
  const second = logIn();
  expect(access(first)).toBe('token-refused');
  clock.now = 20 * minute;
  expect(access(second)).toBe('token-refused');
  const third = logIn();
  service.changeKey('another');
  expect(access(third)).toBe('token-refused');
});

it('a second account of a person is refused, or made, as the account is set', () => {
  const strict = vendorOf('direct').service;
  strict.create(ada);
  expect(strict.create({ ...ada, reference: 'again' })).toBe('duplicate');
  const lax = vendorOf('direct', 'allowed').service;
  lax.create(ada);
  lax.create({ ...ada, reference: 'again' });
  expect(lax.accounts).toHaveLength(2);
});
