import { z } from 'zod';
import * as field from './fields.ts';

/**
 * The shape of `infra/config/{stage}.json`, key by key. What needs two keys to be judged is in the files beside this one;
 * a platform's own keys of a destination are its own schema's, so they pass here.
 */

export const routeSchema = z.union([
  field.id,
  z.strictObject({
    destination: field.id,
    when: field.expression.optional().describe('JSONata over the payload: only these signups go to this destination'),
    set: field.set
      .optional()
      .describe('Fields of the signup that are constants for this destination; they win over the mapping'),
  }),
]);

export const sourceFields = {
  preset: field.text.describe('What kind of sender it is; the keys beside it replace the preset’s one by one'),
  verify: field.verify,
  dedupeKey: field.dedupeKey.describe(
    'What stays the same when the sender delivers again: `webhook-id`, JSON Pointers into the body, or `body`',
  ),
  accept: field.expression.describe('JSONata over the payload: what is a signup at all'),
  mapping: field.mapping.describe('A signup’s field to JSONata over the payload'),
  sample: z.unknown().describe('A payload as the sender sends it; the expressions are tried on it at synth'),
  to: z.array(routeSchema).min(1).describe('The destinations, or nothing where there is one'),
  quietAfter: field.quietAfter.describe('Without an accepted delivery for so long (1h to 7d) somebody is told'),
  retired: z.boolean().describe('Takes no more deliveries; what waits is still worked on'),
};

const sourceSchema = z.strictObject(sourceFields).partial();

export const destinationFields = {
  platform: field.text.describe('The learning platform, by its folder’s name'),
  url: field.vendorUrl.describe('The vendor’s base address; without it the vendor’s published one'),
  loginUrl: field.pageUrl.describe('Where the learner logs in; told in each event'),
  credentials: z
    .union([z.array(field.id).min(1), z.literal('discard')])
    .describe('The recipients who get the learner’s username and password, or "discard"'),
  personalData: z
    .enum(['include', 'omit'])
    .describe('Whether events tell the learner’s name and address; `omit` leaves ids only'),
  duplicates: z
    .enum(['refused', 'allowed'])
    .describe('Whether the vendor’s account takes a second account for the same person'),
  roles: z.array(field.role).min(1).describe('The roles that a mapping may ask for'),
  maximumConcurrency: z.int().min(2).max(1000).describe('How many batches are worked on at once'),
  batchSize: z.int().min(1).max(10).describe('How many signups a worker takes at once'),
  giveUpAfter: field.giveUpAfter.describe('How long a signup is tried, 5m to 13d'),
  keep: field.keep.describe('How long a signup’s ledger item is kept, 14d or more'),
  retired: z.boolean().describe('Takes no more signups; what waits is still worked on'),
  simulator: field.simulator.describe('How the simulated vendor behaves on this machine; nothing where it is deployed'),
};

export const destinationSchema = z.looseObject({
  ...z.object(destinationFields).partial().shape,
  platform: destinationFields.platform,
});

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  alerts: z
    .strictObject({
      page: field.contact.describe('Who is woken up'),
      notify: field.contact.optional().describe('Who is told by day; the same as `page`, if absent'),
    })
    .optional()
    .describe('Who is told when something is wrong: an e-mail or https address. Only the stage dev does without'),
  sources: z.record(field.id, sourceSchema).describe('The enrollment systems that post webhooks'),
  destinations: z.record(field.id, destinationSchema).describe('The accounts on learning platforms'),
  recipients: z
    .record(field.id, field.recipientKeys)
    .optional()
    .describe('Public keys of those who may read learners’ credentials: one each, or a list while keys are changed'),
  subscribers: z.array(field.account).optional().describe('Other AWS accounts that may subscribe to the results'),
  account: field.account.optional().describe('The AWS account; that of the shell, if absent'),
  region: field.region.optional().describe('The AWS region; that of the shell, if absent'),
  domain: z
    .strictObject({
      name: z
        .string()
        .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'is no domain name')
        .describe('Such as signups.academy.example'),
      certificate: z
        .string()
        .regex(/^arn:aws[a-z-]*:acm:/, 'must be the ARN of a certificate in ACM, in the stack’s region'),
    })
    .optional()
    .describe('The API’s own name'),
  ingestConcurrency: z
    .int()
    .min(1)
    .optional()
    .describe('Concurrency reserved for receive-signup; small accounts refuse it'),
});
