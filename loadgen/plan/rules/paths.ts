/**
 * The figures a rule may name: the shape of `summary.json` as data. A test holds it against a summary.
 */

/** A figure, counts by name that add up to one, a list whose members have ids, or an object. */
type Shape = 'figure' | 'counts' | { each: Shape } | { fields: Record<string, Shape> };

const QUANTILES = figures('p50', 'p90', 'p99', 'p999', 'max', 'mean');
const PROCESS = figures('cpuCores', 'rssMB', 'messagesPerSecond');

const SUMMARY = fields({
  seconds: 'figure',
  users: fields({ target: 'figure', peak: 'figure', failed: 'counts', dropped: 'counts' }),
  messages: figures(
    'sent',
    'received',
    'timedOut',
    'lost',
    'duplicated',
    'reordered',
    'inFlight',
    'unsent',
    'published',
    'pushed',
    'perSecond',
    'pushesPerSecond',
  ),
  schedule: figures('perSecond', 'ratio'),
  latencyMs: fields({
    response: QUANTILES,
    service: QUANTILES,
    lateness: QUANTILES,
    push: QUANTILES,
    connect: QUANTILES,
  }),
  workers: {
    each: fields({
      connections: 'figure',
      peakConnections: 'figure',
      messagesPerSecond: 'figure',
      response: figures('p50', 'p99'),
      cpuCores: 'figure',
      rssMB: 'figure',
      eventLoopP99Ms: 'figure',
      gcMsPerSecond: 'figure',
    }),
  },
  balance: figures('connections'),
  brokers: { each: PROCESS },
  balancers: { each: PROCESS },
  target: figures('cpuCores', 'rssMB', 'cpuMicrosPerMessage'),
  generator: fields({
    cpuCores: 'figure',
    rssMB: 'figure',
    cpuMicrosPerMessage: 'figure',
    bytesPerUser: 'figure',
    processes: { each: figures('cpuCores', 'rssMB', 'users', 'loopUtilisation') },
  }),
  host: figures('cpus', 'memoryGB', 'fdLimit', 'stealPercent'),
});

/** All paths a rule may name, lists with `*` for all their members. Counts stand for their sum. */
export const PATHS: readonly string[] = pathsOf(SUMMARY);

/**
 * Tells whether a path names a figure. Besides those in `PATHS`: a list's member by its id (`workers.0.rssMB`)
 * and one of counts by its name (`users.failed.refused`).
 */
export function exists(path: string): boolean {
  return lookUp(SUMMARY, path.split('.'));
}

function fields(named: Record<string, Shape>): Shape {
  return { fields: named };
}

function figures(...names: string[]): Shape {
  return fields(Object.fromEntries(names.map((name) => [name, 'figure'])));
}

function pathsOf(shape: Shape): string[] {
  if (shape === 'figure' || shape === 'counts') return [''];
  const children = 'each' in shape ? { '*': shape.each } : shape.fields;
  return Object.entries(children).flatMap(([name, child]) =>
    pathsOf(child).map((rest) => (rest === '' ? name : `${name}.${rest}`)),
  );
}

function lookUp(shape: Shape, [name, ...rest]: string[]): boolean {
  if (name === undefined) return shape === 'figure' || shape === 'counts';
  if (shape === 'figure') return false;
  if (shape === 'counts') return rest.length === 0;
  if ('each' in shape) return lookUp(shape.each, rest);
  // Only own names: "constructor" is no figure.
  const child = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  return child !== undefined && lookUp(child, rest);
}
