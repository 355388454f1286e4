import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { mailFolder } from '../../../../infra/local/mailer/mail-folder.ts';

const now = () => Date.parse('2026-11-22T10:17:04Z');

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'matriculate-mails-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'mails');
}

it('a mail is a file that only its owner can read', async () => {
  const folder = openFolder();
  const files: string[] = [];
  await mailFolder(folder, now, (_, file) => files.push(file))({
    to: 'ada@example.com',
    subject: 'Hi',
    text: 'Hello\n',
  });
  const [file = ''] = files;
  expect(basename(file)).toBe('2026-11-22T10-17-04-1-ada@example.com.txt');
  expect(readFileSync(file, 'utf8')).toBe('To: ada@example.com\nSubject: Hi\n\nHello\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('mails of the same second to the same person are two files', async () => {
  const folder = openFolder();
  const send = mailFolder(folder, now);
  await send({ to: 'ada@example.com', subject: 'Hi', text: 'one' });
  await send({ to: 'ada@example.com', subject: 'Hi', text: 'two' });
  expect(readdirSync(folder)).toHaveLength(2);
});

it.each(['../../ada@example.com', '/etc/passwd@x.example', `${'a'.repeat(300)}@x.example`, 'a\0b@x.example'])(
  'an address such as %j names no file elsewhere',
  async (to) => {
    const folder = openFolder();
    const files: string[] = [];
    await mailFolder(folder, now, (_, file) => files.push(file))({ to, subject: 'Hi', text: 'Hello' });
    expect(files.map(dirname)).toEqual([folder]);
  },
);
