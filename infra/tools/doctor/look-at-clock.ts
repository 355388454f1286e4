import { type Finding, note, ok, wrong } from './finding.ts';

/** Signatures with a time in them are refused beyond 5 minutes by us, and beyond 15 by DigitalChalk. */
const tooFarMs = 120_000;
const patienceMs = 10_000;

/**
 * Asks an HTTP server for anything: whether it answers, and what its clock says.
 *
 * @param url nothing is sent there but a GET without credentials
 */
export async function lookAtServer(about: string, url: string, now: () => number): Promise<Finding[]> {
  let date: string | null;
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    await response.body?.cancel();
    date = response.headers.get('date');
  } catch (error) {
    return [wrong(about, `${url} does not answer: ${causeOf(error)}`)];
  }
  const ahead = Date.parse(date ?? '') - now();
  if (Number.isNaN(ahead)) return [ok(about, `${url} answers`), note(about, 'it does not say what time it is')];
  if (Math.abs(ahead) < tooFarMs) return [ok(about, `${url} answers, and its clock agrees with this one`)];
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return [
    wrong(
      about,
      `${url} answers, and its clock is ${minutes} minutes ${ahead > 0 ? 'ahead of' : 'behind'} this one: set whichever is wrong`,
    ),
  ];
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
