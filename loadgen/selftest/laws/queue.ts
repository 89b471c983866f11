/**
 * The queue M/D/1: questions come at random, independent of each other, and one server takes the same time for each.
 * How long they wait was found by Erlang in 1909 and put into this form by Crommelin, "Delay probability formulae
 * when the holding times are constant", Post Office Electrical Engineers' Journal 25, 1932.
 */
import type { Law } from './law.ts';

/** Times of service up to which the alternating sum keeps enough digits, at a load of 0.9 or less. */
const MOST_SERVICES = 24;

/** Halvings of the interval a quantile lies in: to a millionth of a time of service. */
const HALVINGS = 26;

/** What a queue is made of. */
export interface Queue {
  /** Questions per millisecond. */
  perMs: number;
  /** Milliseconds; times `perMs` it is the load, below 1. */
  serviceMs: number;
}

/** The time from a question to its answer: waiting and service. */
export function queue({ perMs, serviceMs }: Queue): Law {
  const load = perMs * serviceMs;
  return {
    max: undefined,
    quantile(share) {
      let [low, high] = [0, MOST_SERVICES];
      for (let n = 0; n < HALVINGS; n += 1) {
        const middle = (low + high) / 2;
        if (waitingShare(load, middle) < share) low = middle;
        else high = middle;
      }
      // Some do not wait at all: up to their share the interval has shrunk towards 0.
      return serviceMs * (1 + (share <= 1 - load ? 0 : high));
    },
  };
}

/** The share of questions that wait for no more than so many times of service. */
export function waitingShare(load: number, services: number): number {
  let sum = 0;
  let factorial = 1;
  for (let k = 0; k <= Math.floor(services); k += 1) {
    if (k > 0) factorial *= k;
    const rest = load * (services - k);
    sum += ((-rest) ** k / factorial) * Math.exp(rest);
  }
  return (1 - load) * sum;
}
