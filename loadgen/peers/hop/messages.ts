/** What the parts of the hop say to each other. */

/** What the process at a link's end is started with. */
export interface EndStart {
  /** The broker's unix socket. */
  path: string;
  secret: string;
  workerId: number;
}

/** What it is told to publish. */
export interface Work {
  /** Publications in one turn of the loop, which leave in one write. */
  perTurn: number;
  turns: number;
}

/** What it tells after each order. */
export interface Told {
  /** Its processor time so far. */
  cpuMicros: number;
  /** Publications taken since it was last told to listen, or not to. */
  received: number;
}
