import * as z from 'zod/mini';
import { eventSchema, type SignupEvent } from '../../../lambdas/signups/event.ts';
import type { SignupItem } from '../../../lambdas/signups/ledger.ts';

/** The events of a signup's present run, read from their stored texts; one that an older version wrote and that can't be read is left out. */
export const toldEvents = ({ steps }: SignupItem): readonly SignupEvent[] =>
  steps.flatMap((step) => {
    if (step.state !== 'done' || step.event === null) return [];
    const read = z.safeParse(eventSchema, JSON.parse(step.event));
    return read.success ? [read.data] : [];
  });
