import { describe, expect, it } from 'vitest';
import { storyOf } from '../../../../infra/tools/ledger/signup-story.ts';
import { ended, item, now, signupId } from './example-item.ts';

const prod = { word: ' prod' };
const busy = { attempt: 1, returns: 1, maybeDone: false, name: 'account' };

describe('a signup’s story', () => {
  it('tells state, run, times, person, account and event, and that nothing needs to be done', () => {
    const story = storyOf(item(), prod, now);
    expect(story).toMatch(/^classroom {2}created\n/);
    for (const line of [
      /run +1\n/,
      /accepted +2026-11-22T11:00:00.000Z {2}60 minutes ago\n/,
      /account +created, 1 vendor call\n/,
      /person +Ada Lovelace <Ada@Example.com>\n/,
      /user id +9041\n/,
      /event +shop\.8fk2A+\/classroom\/account\/1 {2}matriculate\.account\.created\.v1, number 1\n/,
      /kept until +.* in 90 days\n/,
      /next +nothing: it is over$/,
    ])
      expect(story).toMatch(line);
  });

  it('never shows credentials: no username, no JWE, no body', () => {
    const story = storyOf(item({ body: 'eyJ.body.of.it' }), prod, now);
    expect(story).toMatch(/credentials +encrypted \(never shown here\)/);
    for (const secret of ['ada9041', '7Ra_JAIjr2miD', 'eyJ']) expect(story).not.toContain(secret);
  });

  it('says why it ended and with which command it is run again', () => {
    const steps = [ended('account', 'rejected', { code: 'mapping', message: 'firstName: is missing' })];
    const story = storyOf(item({ steps, run: 3, conflicts: ['x'], crashes: 2 }), prod, now);
    expect(story).toMatch(/reason +mapping: firstName: is missing\n/);
    expect(story).toMatch(/run +3; .* \/1, \/2\n/);
    expect(story).toMatch(/conflicts +1 later message /);
    expect(story).toMatch(/crashes +its worker died 2 times /);
    expect(story).toContain(`npm run redrive prod ${signupId}`);
  });

  it.each([
    [2, 'waiting, 2 vendor calls, one of which may have been carried out'],
    [0, 'waiting, 0 vendor calls, one of an earlier run may have been carried out'],
  ])('says after %i calls which of them is in doubt', (attempt, line) => {
    const reason = { code: 'vendor-reply-lost', message: 'cut' } as const;
    const steps = [{ ...busy, attempt, maybeDone: true, state: 'waiting', notBefore: now, reason } as const];
    expect(storyOf(item({ steps }), prod, now)).toMatch(new RegExp(`account +${line}\n`));
  });

  it('asks a person to look where nobody knows', () => {
    const story = storyOf(item({ steps: [ended('account', 'unknown')] }), prod, now);
    expect(story).toContain(`npm run signup prod ${signupId} -- --destination classroom --resolve exists (or absent)`);
    expect(story).not.toContain('npm run redrive');
  });

  it('tells of each registration, and of both ways on where one is rejected and one unknown', () => {
    const steps = [
      ended('account', 'created'),
      ended('registration:course-1', 'rejected', { code: 'vendor-rejected', message: 'closed' }),
      ended('registration:course-2', 'unknown'),
    ];
    const story = storyOf(item({ steps }), { word: '' }, now);
    expect(story).toMatch(/^classroom {2}created, registration:course-1 rejected, registration:course-2 unknown\n/);
    expect(story).toContain('--resolve exists (or absent)');
    expect(story).toContain(`npm run redrive ${signupId}`);
  });

  it('tells when a waiting one is tried again, and why it waits', () => {
    const reason = { code: 'vendor-unavailable', message: '503' } as const;
    const story = storyOf(
      item({ steps: [{ ...busy, state: 'waiting', notBefore: now + 300_000, reason }] }),
      prod,
      now,
    );
    expect(story).toMatch(/^classroom {2}waiting\n/);
    expect(story).toMatch(/reason +vendor-unavailable: 503\n/);
    expect(story).toMatch(/tried again +2026-11-22T12:05:00.000Z {2}in 5 minutes\n/);
  });

  it.each([
    ['being worked on', now + 1000, 'a worker is at it'],
    ['waiting: its worker ended without a result', now - 1000, 'its message comes back by itself'],
  ])('tells a live claim from a dead worker’s: %s', (state, lease, next) => {
    const story = storyOf(item({ lease, steps: [{ ...busy, state: 'calling' }] }), prod, now);
    expect(story.split('\n')[0]).toBe(`classroom  ${state}`);
    expect(story).toMatch(new RegExp(`next +${next}$`));
  });
});
