import type { Signup } from '../signups/signup.ts';

/** An item of DynamoDB may have 400 KB. Of these the sealed body can take 117 (64 KiB, twice in base64); this is for the steps, each of which holds its event. */
const roomForSteps = 280_000;
/** A step and its event without what the signup fills: names, identifiers, times; and in both the vendor's words, 500 characters of up to three bytes. */
const bareStep = 4_200;

/** @returns what is wrong with a signup whose steps would outgrow its item in the ledger: then its last events could be neither kept nor told */
export function roomProblem({ offerings, ...signup }: Signup): string | undefined {
  const { email, firstName, lastName, locale, reference, context } = signup;
  const told = Buffer.byteLength(JSON.stringify({ email, firstName, lastName, locale, reference, context }));
  // An offering stands in the step's name, in the event, and in the event's id.
  const steps = ['', ...offerings].map((offering) => bareStep + told + 3 * Buffer.byteLength(offering));
  const bytes = steps.reduce((sum, each) => sum + each, 0);
  if (bytes <= roomForSteps) return undefined;
  return `offerings: ${offerings.length} of them, each with ${told} bytes of person and context, are more than a signup has room for; send fewer, or a shorter context`;
}
