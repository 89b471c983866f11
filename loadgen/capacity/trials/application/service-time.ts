/** A fixed time that a worker takes for what comes in and what goes out. */

/** Microseconds. */
export interface ServiceTime {
  /** For each message and each publication of a client. */
  readonly perMessage: number;
  /** For each publication to a subscriber. Default 0. */
  readonly perDelivery?: number;
}

/** What is needed of a clock. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
}

const MICROSECONDS = 1_000;

/**
 * Keeps the process busy for so long by the clock. Whoever takes the processor away meanwhile takes nothing from the
 * time: several such workers on one core each have the capacity of a core of their own.
 */
export function standStill(micros: number, clock: Clock = performance): void {
  const until = clock.now() + micros / MICROSECONDS;
  while (clock.now() < until);
}
