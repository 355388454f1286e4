import { type EventData, eventSchema } from '../../lambdas/signups/event.ts';

/**
 * Of the schemas as a whole. The minor number grows when a field is added, the patch when words change; a change that an older schema would
 * not accept is another major, with event types of its own (`….v2`) beside the old ones.
 */
export const contractVersion = '1.0.0';

/** One type of event: what its CloudEvents `type` says, in parts. */
export interface EventType {
  /** `matriculate.{step}.{outcome}.v1` */
  readonly type: string;
  readonly step: string;
  readonly outcome: EventData['outcome'];
  /** What it means for the learner, in one sentence. */
  readonly meaning: string;
}

const meanings = {
  account: {
    created: 'The vendor said that it made an account for this person.',
    existing: 'The person has an account there already; with `afterLostReply` most likely one that was just made.',
    rejected: 'The vendor or the mapping refuses this signup for good; it can be run again when the cause is mended.',
    failed: 'It was tried for as long as the destination allows and given up; it can be run again.',
    unknown: 'An account may have been made and nobody can ask the vendor: a person must look.',
  },
  registration: {
    created: 'The vendor said that it registered this person for the offering.',
    existing: 'The person was registered for the offering already.',
    rejected: 'The vendor refuses the registration for good; the account stands.',
    failed: 'The registration was tried for as long as the destination allows and given up; the account stands.',
    unknown: 'The registration may have been made and nobody can ask the vendor: a person must look.',
  },
} as const satisfies Record<string, Record<EventData['outcome'], string>>;

/** Every type of event that is emitted. */
export const eventTypes: readonly EventType[] = Object.entries(meanings).flatMap(([step, meaningOf]) =>
  eventSchema.shape.data.shape.outcome.options.map((outcome) => ({
    type: `matriculate.${step}.${outcome}.v1`,
    step,
    outcome,
    meaning: meaningOf[outcome],
  })),
);
