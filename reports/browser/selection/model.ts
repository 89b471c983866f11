/** What the scripts that answer for a stretch of the run tell each other, by events of the window. */

/** Times of one second, milliseconds. */
export interface LatencyModel {
  count: number;
  max: number;
  mean: number;
}

/** One process of the target. */
export interface ProcessModel {
  role: string;
  id: number;
  /** Its host, of a target with several. */
  host?: string;
  cpuCores: number;
  rssBytes: number;
  eventLoopP99Ms: number;
  gcMsPerSecond: number;
  messagesInPerSecond: number;
}

/** One process of the load generator. */
export interface LoadModel {
  id: number;
  cpuCores: number;
  rssMB: number;
  loopUtilisation: number;
  users: number;
}

export interface WorkerModel {
  worker: string;
  open: number;
  answered: number;
  pushed: number;
  shape?: number[];
  response?: LatencyModel;
  push?: LatencyModel;
}

/** A second of the run as the page carries it, or several of which the counters are means. */
export interface SecondModel {
  second: number;
  /** How many seconds it stands for. Default 1. */
  seconds?: number;
  users: { open: number };
  answered: number;
  pushed: number;
  failedSoFar: Record<string, number>;
  droppedSoFar: Record<string, number>;
  thrown?: Record<string, number>;
  shapes?: Record<string, number[]>;
  fanout?: Record<string, LatencyModel>;
  lateness?: LatencyModel & { p99: number };
  workers: WorkerModel[];
  generator: { processes: LoadModel[] };
  probe: { processes: ProcessModel[] } | null;
  [other: string]: unknown;
}

/** How times were distributed, milliseconds. Quantiles are within 5 %, the rest is exact. */
export interface TimesModel {
  count: number;
  mean: number;
  max: number;
  quantile(share: number): number;
}

/** A stretch of the run, from one second to before another. Told as `run-selection`. */
export interface SelectionModel {
  from: number;
  to: number;
  /** Whether a reader chose it; if not, it is the whole run and tables say what they said at first. */
  isChosen: boolean;
  /** Its seconds, and the last one before it. */
  seconds: SecondModel[];
  before: SecondModel | undefined;
  /** What was timed under a name, by all workers; undefined when nothing was. */
  times(name: string): TimesModel | undefined;
  /** What the users of one worker waited for. */
  workerTimes(worker: string): TimesModel | undefined;
}

/** The run the page carries, once it is unpacked. Told as `run-record`. */
export interface RecordModel {
  /** Length of the run in seconds. */
  length: number;
  seconds: SecondModel[];
  /** How a slot of a shape is written in milliseconds: where it begins. */
  slotStart(slot: number): number;
  /** Takes a stretch of it, or all of it for `undefined`. */
  select(range: { from: number; to: number } | undefined): SelectionModel;
}
