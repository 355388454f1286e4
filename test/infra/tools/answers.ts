import type { Asker } from '../../../infra/tools/ask.ts';

/** Somebody who types these answers, one after the other, and notes what was asked, and whether it was shown. */
export function answers(...typed: readonly string[]): Asker & { readonly asked: readonly string[] } {
  const left = [...typed];
  const asked: string[] = [];
  const answer = async (question: string) => {
    asked.push(question);
    const next = left.shift();
    if (next === undefined) throw new Error(`nobody answers: ${question}`);
    return next;
  };
  return {
    asked,
    hidden: (question) => answer(`(hidden) ${question}`),
    line: answer,
    yes: async (question) => (await answer(question)) === 'y',
  };
}
