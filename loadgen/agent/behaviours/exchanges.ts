/** Users that send and are answered: events in the order sent, or calls by their number. */

import type { Driver } from '../../drivers/index.ts';
import type { Answers } from '../answers/index.ts';
import { idle, type Routine } from './routine.ts';

/** What these routines need. */
export interface ExchangeOptions {
  driver: Driver;
  answers: Answers;
  model: 'open' | 'closed';
}

/** Events, several turns in one write. */
export function createEvents({ driver, answers, model }: ExchangeOptions): Routine {
  return {
    ...idle,
    isClosed: model === 'closed',
    take: (user, _turn, intended, now) => answers.sent(user, intended, now),
    flush: (user, count) => driver.send(user, count),
  };
}

/** Calls, numbered by the turn. */
export function createCalls({ driver, answers, model }: ExchangeOptions): Routine {
  return {
    ...idle,
    isClosed: model === 'closed',
    take(user, turn, intended, now) {
      answers.sent(user, intended, now, turn);
      driver.call(user, turn);
    },
  };
}
