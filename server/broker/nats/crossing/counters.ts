/** What is counted of crossings, in publications unless it says otherwise. They only ever grow. */
export const crossingNames = [
  /** Handed to NATS. */
  'crossedOut',
  /** Taken from other hosts. */
  'crossedIn',
  /** Not handed over: NATS was away or did not keep up. Lost to other hosts. */
  'crossingsLost',
  /** Not handed over: larger than NATS takes. */
  'crossingsTooLarge',
  /** Lost on their way to this host, by the gaps in their numbers. */
  'crossingsMissed',
  /** Came after later ones, or again, and were dropped. */
  'crossingsLate',
  /** Messages of NATS that this host had sent itself, dropped. */
  'crossingsEchoed',
  /** Messages of NATS that nobody of this cluster could have sent. */
  'crossingsRefused',
] as const;

/** The counters by name. */
export type Crossings = Record<(typeof crossingNames)[number], number>;
