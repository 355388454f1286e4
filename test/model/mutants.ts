/** A promise taken out of the real code: in `file`, `find` (which must be there exactly once) becomes `replace`. */
export interface Mutant {
  readonly name: string;
  /** What the code then gets wrong. */
  readonly wrong: string;
  readonly patches: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
}

const provisionUser = (name: string) => `lambdas/provision-user/${name}.ts`;

export const mutants: readonly Mutant[] = [
  {
    name: 'no-fence',
    wrong: 'writes over whatever is there',
    patches: [
      {
        file: 'lambdas/aws/table.ts',
        find: "{ ConditionExpression: 'writeId = :seen', ExpressionAttributeValues: { ':seen': { S: seen } } }",
        replace: '{}',
      },
    ],
  },
  {
    name: 'no-write-id',
    wrong: 'takes its own repeated write for somebody else’s',
    patches: [
      {
        file: 'lambdas/aws/table.ts',
        find: 'found?.writeId === item.writeId',
        replace: 'found?.writeId === undefined',
      },
    ],
  },
  {
    name: 'clock-not-shared',
    wrong: 'goes by a machine’s clock that is minutes off',
    patches: [
      { file: 'lambdas/aws/shared-clock.ts', find: 'if (ahead > toleranceMs)', replace: 'if (toleranceMs < 0)' },
      {
        file: 'lambdas/aws/shared-clock.ts',
        find: 'else if (behind > toleranceMs)',
        replace: 'else if (toleranceMs < 0)',
      },
    ],
  },
  {
    name: 'publish-before-done',
    wrong: 'tells before it is durable',
    patches: [
      {
        file: provisionUser('conclude'),
        find: 'const body = isOpen(outcome)',
        replace: 'await tell(deps, item, [event]); const body = isOpen(outcome)',
      },
    ],
  },
  {
    name: 'ack-before-publish',
    wrong: 'acknowledges although the publish failed',
    patches: [
      {
        file: provisionUser('conclude'),
        find: 'await deps.publish(event, eventAttributes(event));',
        replace: 'await deps.publish(event, eventAttributes(event)).catch(() => undefined);',
      },
    ],
  },
  {
    name: 'repeat-under-allowed',
    wrong: 'repeats a call in doubt where the vendor makes second accounts',
    patches: [
      {
        file: provisionUser('next-move'),
        find: "return vendor.duplicates === 'refused' ? 'call' : 'unknown';",
        replace: "return 'call';",
      },
    ],
  },
  {
    name: 'existing-as-created',
    wrong: 'says created of an account that it found',
    patches: [
      {
        file: provisionUser('attempt'),
        find: "outcome: 'existing',\n      reason,",
        replace: "outcome: 'created',\n      reason,",
      },
    ],
  },
  {
    name: 'waiting-not-written',
    wrong: 'returns a message and does not write that it waits',
    patches: [
      {
        file: provisionUser('conclude'),
        find: 'const written = await ledger.signups.write(back, seen);\n  if (!written.applied)',
        replace: 'void ledger; void seen; const written = { applied: true, found: back };\n  if (!written.applied)',
      },
    ],
  },
  {
    name: 'crash-not-counted',
    wrong: 'reads a message that kills its worker again and again',
    patches: [
      {
        file: provisionUser('transitions'),
        find: 'crashes: item.crashes + 1, fence:',
        replace: 'crashes: item.crashes, fence:',
      },
    ],
  },
  {
    name: 'person-item-after-call',
    wrong: 'takes the person only after the call',
    patches: [
      {
        file: provisionUser('attempt'),
        find: 'const lock = await takePerson(deps, draft.item, hashPerson(context.ledgerKey, prepared.personKey));',
        replace: `const passed = await call(context, entered, prepared, undefined);
  await takePerson(deps, draft.item, hashPerson(context.ledgerKey, prepared.personKey));
  if (passed !== undefined) return passed;
  const lock = await takePerson(deps, draft.item, '');`,
      },
    ],
  },
  {
    name: 'breaker-closed-by-time',
    wrong: 'tries refused credentials again after 15 minutes',
    patches: [
      {
        file: provisionUser('login'),
        find: 'if (open !== undefined) return open;',
        replace: 'if (open !== undefined && item.slotUntil > now()) return open;',
      },
      {
        file: provisionUser('login'),
        find: '...(isMine(item) ? { slotUntil: 0 } : {}),\n        }));\n        observer.warn',
        replace:
          '...(isMine(item) ? { slotUntil: item.refused[secret.version] ? now() + loginSlotMs : 0 } : {}),\n        }));\n        observer.warn',
      },
    ],
  },
  {
    name: 'token-dropped-by-any-generation',
    wrong: 'drops a newer token because an older one was refused',
    patches: [
      { file: provisionUser('session'), find: 'item.generation !== generation || item.token', replace: 'item.token' },
    ],
  },
  {
    name: 'redrive-as-duplicate',
    wrong: 'takes a redrive for a copy',
    patches: [
      {
        file: provisionUser('decide'),
        find: "redrive: ['rejected', 'failed'],",
        replace: 'redrive: [],',
      },
    ],
  },
  {
    name: 'duplicate-as-redrive',
    wrong: 'takes a late copy for a reason to run again',
    patches: [
      {
        file: provisionUser('decide'),
        find: "const other = mapped.kind !== 'ignored' && mapped.content !== found.content && received.sentAt > found.sentAt;",
        replace: "const other = mapped.kind !== 'ignored' && received.sentAt > found.sentAt;",
      },
    ],
  },
  {
    name: 'event-rebuilt-on-republish',
    wrong: 'makes an event anew when it tells it again',
    patches: [
      {
        file: provisionUser('conclude'),
        find: 'await deps.publish(event, eventAttributes(event));',
        replace:
          'await deps.publish(JSON.stringify({ ...JSON.parse(event), time: new Date(deps.now()).toISOString() }), eventAttributes(event));',
      },
    ],
  },
  {
    name: 'lookup-no-means-absent',
    wrong: 'takes the vendor’s “no” for proof, although a call may still be under way',
    patches: [
      {
        file: provisionUser('attempt'),
        find: "if (deps.config.destination.duplicates === 'refused') return lockAndCall(context, entered, prepared);",
        replace: 'return lockAndCall(context, entered, prepared);',
      },
    ],
  },
  {
    name: 'outage-burns-the-message',
    wrong: 'gives up where the vendor is out',
    patches: [
      {
        file: provisionUser('attempt'),
        find: "case 'not-done':\n      return wait(context, reasonOf(result), false, result.retryAfterMs);",
        replace: "case 'not-done':\n      throw new Error('not done');",
      },
    ],
  },
  {
    name: 'maybe-done-forgotten',
    wrong: 'forgets that an earlier call was in doubt',
    patches: [
      {
        file: provisionUser('transitions'),
        find: 'maybeDone: step.maybeDone || to.maybeDone,',
        replace: 'maybeDone: to.maybeDone,',
      },
    ],
  },
  {
    name: 'second-password-made',
    wrong: 'makes another password for each attempt',
    patches: [
      {
        file: provisionUser('credentials'),
        find: 'before?.username === username',
        replace: 'before?.username === null',
      },
    ],
  },
  {
    name: 'made-password-forgotten',
    wrong: 'forgets the made password with every end, also where a call may have set it',
    patches: [
      {
        file: provisionUser('transitions'),
        find: '...(password !== undefined && isOpen(outcome) ? { password } : {}),',
        replace: '',
      },
    ],
  },
];
