/** How many workers are searched, so that they and the load generator have a host to share. */

/** What is searched. */
export interface Sizes {
  /** Workers of the search that goes to its end. */
  readonly main: number;
  /** Workers of each point of the scaling law. */
  readonly points: readonly number[];
  /** Share of a core that each worker of a point gets. Absent: as much as it takes. */
  readonly share?: number | undefined;
  /** Load processes of each trial. Default: as few as hold all users. */
  readonly loadProcesses?: number | undefined;
}

/** Six points of four sizes are the fewest that tell three laws apart; twice where it is cheapest. */
const POINTS: readonly number[] = [1, 2, 3, 4, 1, 2];

/**
 * Of the half of the host that workers have in all: brokers and the master take some of it, and the load generator, which
 * works as long for a message, must have time to spare in the other half.
 */
const WORKERS_PART = 0.5;

/** Shares go up in hundredths. */
const STEPS = 100;

/**
 * Gives the sizes for a host of so many cores: half of them are the server's. Where that is too few for all workers to
 * have one each, workers are small. The load generator has a process for each core that the main search leaves. What is
 * given is taken.
 */
export function sizesFor(
  cores: number,
  { points = POINTS, workers }: { workers?: number; points?: readonly number[] } = {},
): Sizes {
  const own = Math.max(1, cores / 2);
  const share = Math.floor(((own * WORKERS_PART) / Math.max(1, ...points)) * STEPS) / STEPS;
  const main = workers ?? Math.max(1, Math.floor(own));
  return { main, points, loadProcesses: Math.max(1, cores - main), ...(share < 1 && { share }) };
}
