/** Time and chance as the client needs them. Tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number from 0 to below 1. */
  random(): number;
  /** Calls back once after a pause, ms. The function it returns calls it off; calling that twice is allowed. */
  schedule(callback: () => void, pause: number): () => void;
}

/** The clock of the platform. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  schedule: (callback, pause) => {
    const timer = setTimeout(callback, pause);
    return () => clearTimeout(timer);
  },
};
