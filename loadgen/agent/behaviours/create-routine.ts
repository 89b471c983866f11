/** From what a group is to do to who does it. */
import type { PlannedBehaviour } from '../../plan/index.ts';
import { type ChannelsOptions, createChannels } from './channels.ts';
import { createCalls, createEvents, type ExchangeOptions } from './exchanges.ts';
import { idle, type Routine } from './routine.ts';

/** What routines need, all together. */
export interface RoutineOptions extends ChannelsOptions, Omit<ExchangeOptions, 'model'> {
  /** The routine of a group whose behaviour is the scenario's own. */
  custom: Routine | undefined;
}

/** Finds the routine for a behaviour. */
export function createRoutine(behaviour: PlannedBehaviour, options: RoutineOptions): Routine {
  switch (behaviour.kind) {
    case 'ping-pong':
      return createEvents({ ...options, model: behaviour.model });
    case 'calls':
      return createCalls({ ...options, model: behaviour.model });
    case 'messages': {
      const create = behaviour.correlate === '' ? createEvents : createCalls;
      return create({ ...options, model: behaviour.model });
    }
    case 'channels':
      return createChannels(options);
    case 'custom':
      return options.custom ?? idle;
    case 'idle':
      return idle;
  }
}
