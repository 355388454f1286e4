import type { Preset } from '../preset.ts';
import sample from './sample.json' with { type: 'json' };

/** A Thinkific site: somebody enrolled in a course (`enrollment.created`) or made an account (`user.signup`). */
export const thinkific: Preset = {
  title: 'Thinkific',
  verify: { scheme: 'thinkific' },
  dedupeKey: ['/id'],
  accept: 'resource & "." & action in ["enrollment.created", "user.signup"]',
  mapping: {
    email: 'payload.(user.email ?: email)',
    firstName: 'payload.(user.first_name ?: first_name)',
    lastName: 'payload.(user.last_name ?: last_name)',
    reference: 'payload.id',
    context: '{"course": payload.course.name}',
  },
  sample,
  events: ['Enrollment: Created', 'or User: Signup'],
};
