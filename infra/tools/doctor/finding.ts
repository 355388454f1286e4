/** What the doctor found of one thing. */
export interface Finding {
  /** `wrong` must be mended; `note` is for whoever looks. */
  readonly state: 'ok' | 'note' | 'wrong';
  /** What was looked at, such as `destinations/classroom`. */
  readonly about: string;
  /** What is so, and where it is wrong, what to do about it. */
  readonly text: string;
}

export const ok = (about: string, text: string): Finding => ({ state: 'ok', about, text });
export const note = (about: string, text: string): Finding => ({ state: 'note', about, text });
export const wrong = (about: string, text: string): Finding => ({ state: 'wrong', about, text });

const marks = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' } as const;

/** One line a finding. */
export function showFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ about }) => about.length));
  return findings.map(({ state, about, text }) => `${marks[state]}  ${about.padEnd(width)}  ${text}`).join('\n');
}
