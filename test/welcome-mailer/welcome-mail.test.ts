import { describe, expect, it } from 'vitest';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { readEvent } from '../../lambdas/subscriber/read-event.ts';
import { welcomeMail } from '../../lambdas/welcome-mailer/welcome-mail.ts';

const credentials = { username: 'ada9041', password: 'c4n4ry' };

const mailOf = (name: string, opened: typeof credentials | null = null, firstName?: string) => {
  const read = readEvent(exampleEvents.find((example) => example.name === name)?.text ?? '');
  if (read.kind === 'other') throw new Error(name);
  const { person } = read.event.data;
  const data = { ...read.event.data, person: person && { ...person, firstName: firstName ?? person.firstName } };
  return welcomeMail({ ...read.event, data }, opened);
};

describe('a learner', () => {
  it.each([
    [
      'created',
      credentials,
      /account is ready[\s\S]*classroom[\s\S]*Username: ada9041\n.*Password: c4n4ry[\s\S]*choose a password/,
    ],
    ['created-chosen', null, /account is ready[\s\S]*the one that you chose/],
    ['created-discarded', null, /account is ready[\s\S]*forgot password/],
    ['created-lost', null, /account is ready[\s\S]*forgot password/],
    ['existing', null, /have an account with us already[\s\S]*has not changed/],
    ['existing-lost', null, /forgot password/],
    ['existing-unconfirmed', credentials, /Password: c4n4ry[\s\S]*Should they not work: choose “forgot password”/],
    ['existing-unconfirmed', null, /forgot password/],
  ])('of %s is told how to log in', (name, opened, words) => {
    const mail = mailOf(name, opened);
    expect(mail?.to).toBe('ada@example.com');
    expect(mail?.text).toMatch(/^Hello Ada,/);
    expect(mail?.text).toMatch(words);
    expect(mail?.text.includes('c4n4ry')).toBe(opened !== null);
  });

  it.each(['rejected', 'failed', 'unknown', 'rejected-by-the-mapping', 'created-without-personal-data'])(
    'of %s gets no mail',
    (name) => {
      expect(mailOf(name)).toBeNull();
    },
  );

  it.each(['Win at https://casino.example', 'www.casino.example', 'a@b.example', 'x'.repeat(41), 'casino.example'])(
    'who calls herself %s is not called by her name: anybody can sign somebody else up',
    (name) => {
      expect(mailOf('created-chosen', null, name)?.text).toMatch(/^Hello,\n/);
    },
  );

  it.each(['Åse', '李小龙', 'O’Brien', 'Anne-Marie', 'J. R.'])('called %s is called so', (name) => {
    expect(mailOf('created-chosen', null, name)?.text).toMatch(`Hello ${name},`);
  });
});
