import type { EventData, SignupEvent } from './event.ts';

/**
 * The event's exact text, made once and stored; republishing sends the stored text.
 *
 * @param step `account`, or `registration:{offering}`; the type names what comes before the colon
 * @param sequence the number allocated by the write that ends the step
 */
export function writeEvent(stage: string, step: string, sequence: number, data: EventData): string {
  const event: SignupEvent = {
    specversion: '1.0',
    type: `matriculate.${step.split(':', 1)[0]}.${data.outcome}.v1`,
    source: `/matriculate/${stage}/${data.source}`,
    subject: data.signupId,
    id: `${data.signupId}/${data.destination}/${step}/${data.run}`,
    sequence: String(sequence).padStart(10, '0'),
    time: data.finishedAt,
    datacontenttype: 'application/json',
    data,
  };
  return JSON.stringify(event);
}
