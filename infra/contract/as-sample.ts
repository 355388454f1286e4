import { eventSchema } from '../../lambdas/signups/event.ts';

/** An event's text, marked as a sample: nobody signed up. @throws ZodError where the text is no event */
export const asSample = (text: string): string =>
  JSON.stringify({ ...eventSchema.parse(JSON.parse(text)), test: true });
