import { mapValues } from '../../infra/checks/record.ts';
import type { OperatedStage } from '../../infra/tools/operate/operated-stage.ts';
import type { Academy } from './academy.ts';
import { reachedAcademy } from './reached-academy.ts';

/** An academy's stack, as tools operate the one that `npm start` runs. */
export function operatedAcademy(academy: Academy): OperatedStage {
  const { stack, clients } = academy;
  const destinations = mapValues(stack.config.destinations, (destination, id) => ({
    ...destination,
    url: stack.simulators[id]?.url ?? destination.url,
    settings: { ...destination.settings, ...stack.simulators[id]?.settings },
  }));
  const { secretsManager, sns } = clients;
  return {
    ...reachedAcademy(academy),
    config: { ...stack.config, destinations },
    secretsManager,
    sns,
    url: stack.url,
  };
}
