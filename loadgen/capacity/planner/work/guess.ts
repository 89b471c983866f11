/** A first guess of a capacity, before anything is measured: a search only begins at it. */
import { type Profile, ratesOf } from '../../profiles/index.ts';

/** Of a message or a delivery, in a process that does nothing else. */
const MICROS_EACH = 25;

const MICROSECONDS = 1_000_000;

/** Gives the messages a second that so many workers may carry, each with a share of a core. */
export function guessOf(
  profile: Profile,
  { share = 1, workers }: { share?: number; workers: number },
): number {
  const { deliveries, load } = ratesOf(profile);
  const each = MICROS_EACH * (1 + deliveries / load);
  return (workers * share * MICROSECONDS) / each;
}
