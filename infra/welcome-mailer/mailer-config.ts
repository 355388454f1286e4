import { readFileSync } from 'node:fs';
import { z } from 'zod';
import * as field from '../checks/fields.ts';
import { ConfigError, mistakesOf } from '../checks/mistakes.ts';
import { placeMistakes } from '../checks/same-place.ts';

const arnPattern = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):(\d{12}):matriculate-([a-z][a-z0-9-]*)-results$/;
/** Made by a stage. */
const alertsPattern = /:matriculate-[a-z][a-z0-9-]*-(page|notify)$/;
/** The address in ASCII, as SES knows it; the name in any letters. */
const senderPattern = /^(?:[^<>"]+ <)?([!-;=?A-~]+@[!-;=?A-~]+\.[!-;=?A-~]+)>?$/;

const schema = z.strictObject({
  $schema: z.string().optional(),
  /** The stage's results topic, as the stage's stack prints it; it may be another account's. */
  topic: z
    .string()
    .regex(arnPattern, 'must be the ARN of a results topic: the output ResultsTopicArn of the stage’s stack'),
  /** Who the mails are from; SES has verified the address or its domain. */
  from: z
    .string()
    .regex(
      senderPattern,
      'must be an address in ASCII (a domain of other letters as xn--…), or such as Academy <welcome@academy.example>',
    ),
  /** The default configuration set of that address or domain in SES, if it has one. */
  configurationSet: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'is no configuration set’s name')
    .optional(),
  /** Whose credentials these are: the recipient's id in the stage's config. */
  recipient: field.id.default('mailer'),
  /** Only the learners of these destinations; all, if absent. */
  destinations: z.array(field.id).min(1).optional(),
  /**
   * An SNS topic that is told when mails could not be sent. The stage's `page` or `notify` topic lets in alarms of its own account only; in another
   * it is a topic of that account.
   */
  alerts: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:/, 'must be the ARN of an SNS topic')
    .optional(),
  /** Where the mailer runs; the shell's account and region, if absent. */
  account: field.account.optional(),
  region: field.region.optional(),
});

/** A welcome mailer's config, with what its topic's name says. */
export interface MailerConfig extends z.infer<typeof schema> {
  readonly stage: string;
  /** Where the topic is. */
  readonly topicRegion: string;
  /** The bare address in `from`. */
  readonly address: string;
}

/** @throws ConfigError with every mistake there is */
export function readMailerConfig(file: string): MailerConfig {
  return checkMailerConfig(file, parse(file));
}

/** @throws ConfigError with every mistake there is */
export function checkMailerConfig(file: string, json: unknown): MailerConfig {
  const result = schema.safeParse(json, { reportInput: true });
  if (!result.success) throw new ConfigError(file, mistakesOf(result.error.issues));
  const { alerts = '', account } = result.data;
  const mistakes = alertsPattern.test(alerts) ? placeMistakes(alerts, { account }, ['alerts']) : [];
  if (mistakes.length > 0) throw new ConfigError(file, mistakes);
  const [, topicRegion = '', , stage = ''] = arnPattern.exec(result.data.topic) ?? [];
  const [, address = ''] = senderPattern.exec(result.data.from) ?? [];
  return { ...result.data, stage, topicRegion, address };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(file, [{ path: [], message: error instanceof Error ? error.message : String(error) }]);
  }
}
