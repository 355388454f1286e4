import type { Preset } from '../preset.ts';
import sample from './sample.json' with { type: 'json' };

/** An answer found by its question's reference (the form's owner can set it), or else by the question's title. */
const answer = (ref: string, title: string) =>
  `($id := form_response.definition.fields[$contains($lowercase(title), "${title}")][0].id; form_response.answers[field.ref = "${ref}" or field.id = $id][0].text)`;

/** A response to a Typeform; what a form calls its questions is its owner's choice, so names are found by reference or title. */
export const typeformResponse: Preset = {
  title: 'Typeform response',
  verify: { scheme: 'typeform' },
  dedupeKey: ['/event_id'],
  accept: 'event_type = "form_response"',
  mapping: {
    email: 'form_response.(answers[type = "email"][0].email ?: hidden.email)',
    firstName: `${answer('first_name', 'first name')} ?: form_response.hidden.first_name`,
    lastName: `${answer('last_name', 'last name')} ?: form_response.hidden.last_name`,
    phone: 'form_response.answers[type = "phone_number"][0].phone_number',
    reference: 'form_response.token',
    context: '{"form": form_response.form_id}',
  },
  sample,
  events: ['form_response'],
};
