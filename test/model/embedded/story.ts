import { resolvePointer } from '../../../lambdas/signups/json-pointer.ts';
import type { LedgerItem } from '../../../lambdas/signups/ledger.ts';
import type { Happening } from '../history.ts';
import type { Told } from '../scenario.ts';

/**
 * What a telling did to the world, one line each, without times and generated ids: every change of the ledger, every call that a vendor
 * carried out, and every publication. Two tellings of the same schedule tell the same story, whatever they stand on; but for how often a signup
 * looked in vain for something that passes with time, which is a matter of milliseconds.
 */
export const storyOf = ({ world }: Told): string[] =>
  world.history.all.flatMap((each) => lineOf(each) ?? []).filter((line, index, lines) => line !== lines[index - 1]);

function lineOf(each: Happening): string | undefined {
  switch (each.kind) {
    case 'written':
      return each.after === undefined ? `removed ${each.before?.kind}` : describe(each.after);
    case 'called':
      return `vendor: ${each.offering ?? 'account'} of ${each.reference} ${each.answer}`;
    case 'logged in':
      return `vendor: login ${each.answer}`;
    case 'published': {
      const event: unknown = JSON.parse(each.text);
      return `published ${['/id', '/type', '/sequence'].map((pointer) => resolvePointer(event, pointer)).join(' ')}`;
    }
    default:
      return undefined;
  }
}

function describe(item: LedgerItem): string {
  switch (item.kind) {
    case 'person':
      return `person taken by ${item.owner}, run ${item.run}, fence ${item.fence}`;
    case 'session':
      return `session: generation ${item.generation}, ${item.token === undefined ? 'no token' : 'a token'}, ${item.slotUntil > 0 ? 'slot taken' : 'slot free'}, refused ${Object.values(item.refused).join()}`;
    case 'signup': {
      const steps = item.steps.map((step) => {
        const outcome = step.state === 'done' ? ` ${step.outcome}` : '';
        return `${step.name} ${step.state}${outcome}, call ${step.attempt}${step.maybeDone ? ', maybe done' : ''}`;
      });
      return `${item.signupId} run ${item.run}, fence ${item.fence}, crashes ${item.crashes}: ${steps.join('; ')}`;
    }
  }
}
