/**
 * The figures a rule may name: the shape of `summary.json` as data. A test holds it against a summary.
 */

/** What a figure counts in. */
export type Measure =
  | 'number'
  | 'milliseconds'
  | 'microseconds'
  | 'seconds'
  | 'share'
  | 'percent'
  | 'bytes'
  | 'megabytes'
  | 'gigabytes';

/** A figure, counts by name that add up to one, a list whose members have ids, or an object. */
type Shape = Measure | 'counts' | { each: Shape } | { fields: Record<string, Shape> };

const QUANTILES = figures('milliseconds', 'p50', 'p90', 'p99', 'p999', 'max', 'mean');
const MAIN_QUANTILES = figures('milliseconds', 'p50', 'p99');
const TIMES = fields({
  response: QUANTILES,
  service: QUANTILES,
  lateness: QUANTILES,
  push: QUANTILES,
  connect: QUANTILES,
  arrival: QUANTILES,
  recovery: QUANTILES,
});
const LOOP_DELAY = figures('milliseconds', 'p99', 'p995', 'p999', 'max');
const MESSAGES = ['sent', 'received', 'errors', 'timedOut', 'lost', 'published', 'pushed', 'pushLost'];
const RATES = ['perSecond', 'pushesPerSecond'];
const SCHEDULE = fields({ perSecond: 'number', ratio: 'share' });
const COST = { cpuCores: 'number', rssMB: 'megabytes' } as const;
const TARGET = fields({
  ...COST,
  rssSlopeMBPerHour: 'megabytes',
  rssGrowthMB: figures('megabytes', 'low', 'high'),
  cpuMicrosPerMessage: 'microseconds',
});
const PROCESS = fields({ ...COST, messagesPerSecond: 'number' });

const PHASE = fields({
  start: 'seconds',
  end: 'seconds',
  users: fields({ peak: 'number', failed: 'counts', dropped: 'counts', thrown: 'counts' }),
  messages: figures('number', ...MESSAGES, ...RATES, 'unsent'),
  schedule: SCHEDULE,
  latencyMs: TIMES,
  loopDelayMs: LOOP_DELAY,
  workers: { each: fields({ messagesPerSecond: 'number', response: QUANTILES, push: QUANTILES }) },
  target: TARGET,
});

const WORKER = fields({
  ...COST,
  connections: 'number',
  peakConnections: 'number',
  messagesPerSecond: 'number',
  response: MAIN_QUANTILES,
  push: MAIN_QUANTILES,
  eventLoopP99Ms: 'milliseconds',
  gcMsPerSecond: 'milliseconds',
});

const SERVER = fields({ ...COST, workers: 'number', connections: 'number', messagesPerSecond: 'number' });

const AGENT = fields({
  ...COST,
  processes: 'number',
  users: 'number',
  latenessP99Ms: 'milliseconds',
  startLateMs: 'milliseconds',
  clockOffsetMs: 'milliseconds',
  clockErrorMs: 'milliseconds',
});

const SUMMARY = fields({
  seconds: 'seconds',
  users: fields({
    target: 'number',
    peak: 'number',
    failed: 'counts',
    dropped: 'counts',
    thrown: 'counts',
    left: 'number',
    returned: 'number',
  }),
  messages: figures(
    'number',
    ...MESSAGES,
    ...RATES,
    'duplicated',
    'reordered',
    'inFlight',
    'unsent',
    'pushDuplicated',
    'pushReordered',
    'pushUnasked',
    'subscribed',
    'pushForeign',
  ),
  schedule: SCHEDULE,
  latencyMs: TIMES,
  fanoutMs: fields({ first: QUANTILES, median: QUANTILES, last: QUANTILES }),
  http: fields({
    perSecond: 'number',
    status: 'counts',
    errors: 'number',
    timedOut: 'number',
    latencyMs: QUANTILES,
  }),
  phases: { each: PHASE },
  workers: { each: WORKER },
  servers: { each: SERVER },
  balance: figures('share', 'connections'),
  brokers: { each: PROCESS },
  balancers: { each: PROCESS },
  target: TARGET,
  generator: fields({
    ...COST,
    cpuMicrosPerMessage: 'microseconds',
    bytesPerUser: 'bytes',
    errorMs: 'milliseconds',
    resolutionMs: 'milliseconds',
    arrivals: figures('milliseconds', 'errorMs', 'resolutionMs'),
    startLateMs: figures('milliseconds', 'p99', 'max'),
    agents: { each: AGENT },
    processes: {
      each: fields({
        ...COST,
        users: 'number',
        loopUtilisation: 'share',
        gcMsPerSecond: 'milliseconds',
        waitMsPerSecond: 'milliseconds',
        throttledMsPerSecond: 'milliseconds',
        loopDelayMs: LOOP_DELAY,
      }),
    },
  }),
  host: fields({
    cpus: 'number',
    memoryGB: 'gigabytes',
    fdLimit: 'number',
    stealPercent: 'percent',
    othersPercent: 'percent',
    retransmittedPercent: 'percent',
    listenOverflows: 'number',
    conntrackPercent: 'percent',
    filesPercent: 'percent',
    socketMemoryPercent: 'percent',
  }),
});

/** All paths a rule may name, lists with `*` for all their members. Counts stand for their sum. */
export const PATHS: readonly string[] = pathsOf(SUMMARY);

/** A figure that a path names. */
export interface Figure {
  measure: Measure;
  /** Whether it is a count by name, or the sum of such: what is not there never happened. */
  isCount: boolean;
}

/**
 * Finds the figure that a path names, undefined when there is none. Besides those in `PATHS`: a list's member by
 * its id (`workers.0.rssMB`, `phases.steady.messages.lost`) and one of counts by its name (`users.failed.refused`).
 */
export function figureAt(path: string): Figure | undefined {
  return lookUp(SUMMARY, path.split('.'));
}

function fields(named: Record<string, Shape>): Shape {
  return { fields: named };
}

function figures(measure: Measure, ...names: string[]): Shape {
  return fields(Object.fromEntries(names.map((name) => [name, measure])));
}

function pathsOf(shape: Shape): string[] {
  if (typeof shape === 'string') return [''];
  const children = 'each' in shape ? { '*': shape.each } : shape.fields;
  return Object.entries(children).flatMap(([name, child]) =>
    pathsOf(child).map((rest) => (rest === '' ? name : `${name}.${rest}`)),
  );
}

function lookUp(shape: Shape, [name, ...rest]: string[]): Figure | undefined {
  if (shape === 'counts') return rest.length === 0 ? { measure: 'number', isCount: true } : undefined;
  if (typeof shape === 'string') return name === undefined ? { measure: shape, isCount: false } : undefined;
  if (name === undefined) return undefined;
  if ('each' in shape) return lookUp(shape.each, rest);
  // Only own names: "constructor" is no figure.
  const child = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  return child === undefined ? undefined : lookUp(child, rest);
}
