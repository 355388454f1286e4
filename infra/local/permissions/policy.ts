import { z } from 'zod';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** Such as `"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["classroom#*"]}`, one key of it. */
export interface Condition {
  /** In lower case: keys are compared without case. */
  readonly key: string;
  readonly wanted: readonly string[];
  /** How many of the request's values must fit; `one` is the only one. */
  readonly values: 'one' | 'all' | 'any';
  readonly negated: boolean;
  readonly wildcards: boolean;
}

const operator = /^(ForAllValues:|ForAnyValue:)?String(Not)?(Equals|Like)$/;

const conditionSchema = z.record(z.string(), z.record(z.string(), oneOrMore)).transform((block, context) =>
  Object.entries(block).flatMap(([written, keys]) => {
    const parts = operator.exec(written);
    if (parts === null)
      context.addIssue({ code: 'custom', message: `${written} is a condition that the local stack does not know` });
    const [, qualifier, not, comparison] = parts ?? [];
    return Object.entries(keys).map(
      ([key, wanted]): Condition => ({
        key: key.toLowerCase(),
        wanted,
        values: qualifier === undefined ? 'one' : qualifier === 'ForAllValues:' ? 'all' : 'any',
        negated: not !== undefined,
        wildcards: comparison === 'Like',
      }),
    );
  }),
);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: conditionSchema.default([]),
});

/** One statement of an identity's policy, as far as the local stack understands them: anything else in one is an error. */
export type Statement = z.infer<typeof statementSchema>;

export const policyDocumentSchema = z.object({ Statement: z.array(statementSchema) });
