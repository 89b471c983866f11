/** A load generator as it is measured: what it is told, and what it tells. */

/** Users that come together, and then time in which nobody comes. */
export interface Step {
  users: number;
  /** Seconds. */
  hold: number;
}

/** What a generator is to do until it is stopped. */
export interface Load {
  /** Of a WebSocket server on this host, path `/`. */
  port: number;
  /** One after the other. */
  steps: readonly Step[];
  /** Users that come a second, while some come. */
  perSecond: number;
  /** Seconds between two questions of a user; undefined: it comes, and asks nothing. */
  every: number | undefined;
}

/** Users that come at once, ask for so many seconds, and go. */
export interface Interview {
  port: number;
  users: number;
  /** Seconds between two questions of a user. */
  every: number;
  seconds: number;
}

/** What a generator says how long answers took, milliseconds. */
export interface Reported {
  p50: number;
  p99: number;
}

/** A generator at work. */
export interface Working {
  /** All its processes. */
  pids(): readonly number[];
  /** Its last words, should it end by itself. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** A program that makes users. */
export interface Generator {
  readonly name: string;
  /** How it is set up, for whoever reads the figures. */
  readonly setup: string;
  /** Gets ready what `start` needs; says what takes long. @throws ClusterError PEERS_MISSING. */
  prepare(say: (text: string) => void): Promise<void>;
  /** Begins, on one core, or on any when it is undefined. */
  start(load: Load, core: number | undefined): Promise<Working>;
  /** Holds an interview, and gives what the generator itself reports of it. Not there: it reports no times. */
  report?(interview: Interview): Promise<Reported>;
}

/** Whoever is not stopped, because nobody is left to do it, ends by itself after so many seconds. */
export const LONGEST_SECONDS = 900;
