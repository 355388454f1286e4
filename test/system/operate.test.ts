import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../infra/tools/doctor/examine.ts';
import { showFindings } from '../../infra/tools/doctor/finding.ts';
import type { OperatedStage } from '../../infra/tools/operate/operated-stage.ts';
import { pauseDestination, resumeDestination } from '../../infra/tools/operate/pause-destination.ts';
import { setSecret } from '../../infra/tools/secrets/change-secret.ts';
import { namedSecret } from '../../infra/tools/secrets/named-secret.ts';
import { answers } from '../infra/tools/answers.ts';
import { type Academy, openAcademy } from './academy.ts';
import { operatedAcademy } from './operated-academy.ts';

const config = {
  sources: {
    shop: {
      preset: 'standard-webhooks',
      to: [
        { destination: 'classroom', when: "'live' in data.tags" },
        { destination: 'courses', when: "'courses' in data.tags" },
        { destination: 'annex', when: "'annex' in data.tags" },
      ],
    },
  },
  destinations: {
    classroom: { platform: 'electa', credentials: ['mailer'] },
    courses: { platform: 'digitalchalk-soap', credentials: ['mailer'] },
    annex: { platform: 'electa', credentials: 'discard', giveUpAfter: '10m' },
  },
};

let academy: Academy;
let stage: OperatedStage;
beforeAll(async () => {
  academy = await openAcademy(config);
  stage = operatedAcademy(academy);
  academy.stack.secrets.put('matriculate/dev/destinations/annex', JSON.stringify(wrongKey));
});
afterAll(() => academy.stop());

const wrongKey = { cid: '1', appKey: 'w'.repeat(32) };
const simulator = (id: string) => {
  const found = academy.stack.simulators[id];
  if (found === undefined) throw new Error(`no vendor ${id}`);
  return found;
};
const ask = async (destinations: readonly string[] = stage.destinations, retry = false) => {
  const findings = await examine(stage, { destinations, retry, now: Date.now });
  return { findings, wrong: findings.filter(({ state }) => state === 'wrong'), text: showFindings(findings) };
};
const signUp = (name: string, tag: string) =>
  academy.post({ email: `${name}@example.com`, first_name: name, last_name: 'Lovelace', tags: [tag] });
const refused = (id: string) => simulator(id).counts().refusedLogins ?? 0;

describe('the doctor', () => {
  it('finds nothing wrong with what is right, with one login at a vendor that has logins, and makes nobody', async () => {
    const { wrong, text } = await ask(['classroom', 'courses']);
    expect(wrong).toEqual([]);
    expect(text).toMatch(/credentials classroom +accepted by one login/);
    expect(text).toMatch(/credentials courses +accepted, asked by a call that changes nothing/);
    const again = await ask(['classroom']);
    expect(again.text).toMatch(/credentials classroom +accepted: the token that the workers use/);
    expect(simulator('classroom').counts().token).toBe(1);
    expect([...simulator('classroom').accounts(), ...simulator('courses').accounts()]).toEqual([]);
  });

  it('says that a vendor does not answer', async () => {
    simulator('courses').arm({ weather: 'connection-refused', ms: 60_000 });
    const { wrong } = await ask(['courses']);
    expect(wrong.map(({ about, text }) => `${about} ${text}`)).toEqual([
      expect.stringMatching(/^vendor of courses \S+ does not answer: ECONNREFUSED/),
      expect.stringMatching(/^credentials courses could not be tried/),
    ]);
    await simulator('courses').calm();
  });

  it('repeats no secret', async () => {
    const { text } = await ask();
    const secrets = [wrongKey.appKey, ...Object.values(simulator('classroom').secret), academy.stack.sourceKeys.shop];
    for (const secret of secrets.map(String).filter((each) => each.length > 6)) expect(text).not.toContain(secret);
  });
});

describe('a wrong key', () => {
  it('is told with what to do, gets one more login when asked for and no other, and the signups that waited go through with the right one', async () => {
    const { signupId } = await signUp('grace', 'annex');
    const worker = academy.stack.functions['provision-annex'];
    await expect.poll(() => worker?.logs(), { timeout: 30_000 }).toContain('"reason":"breaker-open"');
    const before = refused('annex');
    const { wrong } = await ask(['annex']);
    expect(wrong.at(-1)?.text).toMatch(
      /breaker is open.*npm run secrets set destinations\/annex.*npm run doctor annex -- --retry/,
    );
    expect(refused('annex')).toBe(before);

    const { text } = await ask(['annex'], true);
    expect(text).toMatch(/was open; one more login is allowed/);
    expect(text).toMatch(/WRONG +credentials annex +refused by the vendor/);
    await ask(['annex']);
    expect(refused('annex')).toBe(before + 1);

    const right = Object.values(simulator('annex').secret).map(String);
    await setSecret(namedSecret('annex', stage.config), stage, answers(...right));
    expect((await ask(['annex'])).wrong).toEqual([]);
    expect((await academy.ended(signupId, 'annex')).data.outcome).toBe('created');
  });
});

describe('a pause', () => {
  it('lets signups in and no call out, says who and why, and ends with everybody getting an account', async () => {
    await pauseDestination(stage, 'classroom', { by: 'ann@desk', why: 'the vendor moves house', now: Date.now() });
    const { signupId, status } = await signUp('hedy', 'live');
    expect(status).toBe(202);
    const worker = academy.stack.functions['provision-classroom'];
    await expect
      .poll(() => worker?.logs(), { timeout: 30_000 })
      .toMatch(/"reason":"paused","detail":"ann@desk paused the destination at \S+: the vendor moves house"/);
    expect((await ask(['classroom'])).text).toMatch(
      /credentials classroom +not tried: ann@desk paused .*npm run resume classroom/,
    );
    expect(simulator('classroom').accounts()).toEqual([]);
    await resumeDestination(stage, 'classroom');
    expect((await academy.ended(signupId, 'classroom')).data.outcome).toBe('created');
  });
});
