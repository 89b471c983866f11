/** A crowd whose server answers as a test says. */
import type { Listener } from './crowd.ts';
import { Flights } from './flights.ts';

/** What becomes of a message: `undefined` and it is never heard of again. */
export type Fate = (number: number) => 'answered' | 'dropped' | undefined;

/** Makes a crowd that hears of each message in the next turn of the loop. */
export function createTestCrowd(fate: Fate = () => 'answered') {
  const flights = new Flights(1);
  let listener: Listener = { onAnswered() {} };
  let most = 0;
  const settle = (number: number): void => {
    const what = fate(number);
    if (what === 'answered') listener.onAnswered(flights.take(number), performance.now() / 1_000);
    if (what !== 'dropped') return;
    flights.drop(number);
    listener.onDropped?.();
  };
  return {
    /** Most messages that were under way at a time. */
    get most() {
      return most;
    },
    get tally() {
      return flights.tally;
    },
    get underWay() {
      return flights.underWay;
    },
    listen(to: Listener) {
      listener = to;
    },
    send(intended: number) {
      const number = flights.send(intended);
      most = Math.max(most, flights.underWay);
      setImmediate(() => settle(number));
    },
    giveUp: () => flights.giveUp(),
  };
}
