/**
 * Makes a long run short enough to be carried in a page: stretches of seconds become one, whose counters are means
 * and whose times are of all of them. Never across the border of a phase, so that sums over a phase stay exact.
 */
import {
  addShapes,
  COUNTERS,
  type Counters,
  type Latency,
  type LoadSecond,
  type Probe,
  type ProbedProcess,
  quantileOf,
  type Second,
  type Shape,
  TIMES,
  type WorkerSecond,
} from '../../loadgen/results/index.ts';

/** Joins seconds to stretches of at most so many. A stretch stands at its first second. */
export function condense(timeline: readonly Second[], stretch: number): Second[] {
  if (stretch <= 1) return [...timeline];
  const groups: Second[][] = [];
  for (const second of timeline) {
    const group = groups.at(-1);
    const first = group?.[0];
    const fits = first?.phase === second.phase && second.second < (first?.second ?? 0) + stretch;
    if (group !== undefined && fits) group.push(second);
    else groups.push([second]);
  }
  return groups.flatMap((group) => join(group));
}

function join(parts: readonly Second[]): Second[] {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const shapes = joinShapes(parts);
  const { generator, probe: _, workers: __, fanout: ___, ...rest } = last;
  const fanout = joinFanout(parts, shapes);
  return [
    {
      ...rest,
      ...meanCounters(parts),
      ...meanThrown(parts),
      second: first.second,
      seconds: parts.reduce((sum, { seconds = 1 }) => sum + seconds, 0),
      users: {
        ...last.users,
        ...meanOf(parts, ({ users }) => users, ['failed', 'dropped', 'left', 'returned']),
      },
      ...joinTimes(parts, shapes),
      ...(fanout && { fanout }),
      shapes,
      workers: last.workers.map((worker) => joinWorker(worker, parts)),
      generator: { ...generator, ...joinGenerator(parts) },
      probe: joinProbes(parts.flatMap(({ probe }) => (probe === null ? [] : [probe]))),
    },
  ];
}

function meanCounters(parts: readonly Second[]): Pick<Second, keyof Counters | 'unsent' | 'published'> {
  return meanOf(parts, (part) => part, [...COUNTERS, 'unsent', 'published']);
}

/** By name; a second in which nothing was thrown has none. */
function meanThrown(parts: readonly Second[]): Pick<Second, 'thrown'> {
  const names = [...new Set(parts.flatMap(({ thrown = {} }) => Object.keys(thrown)))];
  if (names.length === 0) return {};
  const none = Object.fromEntries(names.map((name) => [name, 0]));
  return { thrown: meanOf(parts, ({ thrown }) => ({ ...none, ...thrown }), names) };
}

function meanOf<Part, Name extends string>(
  parts: readonly Part[],
  of: (part: Part) => Record<Name, number>,
  names: readonly Name[],
): Record<Name, number> {
  const mean = (name: Name): number =>
    parts.reduce((sum, part) => sum + of(part)[name], 0) / Math.max(1, parts.length);
  return Object.fromEntries(names.map((name) => [name, mean(name)])) as Record<Name, number>;
}

type Shapes = NonNullable<Second['shapes']>;

function joinShapes(parts: readonly Second[]): Shapes {
  const names = new Set(parts.flatMap(({ shapes = {} }) => Object.keys(shapes) as (keyof Shapes)[]));
  const joined = (name: keyof Shapes): Shape => addShapes(parts.map(({ shapes = {} }) => shapes[name] ?? []));
  return Object.fromEntries([...names].map((name) => [name, joined(name)]));
}

function joinTimes(parts: readonly Second[], shapes: Shapes): Partial<Second> {
  const made = TIMES.map((name) => [
    name,
    joinLatency(
      parts.flatMap((part) => part[name] ?? []),
      shapes[name],
    ),
  ]);
  return Object.fromEntries(made.filter(([, latency]) => latency !== undefined)) as Partial<Second>;
}

function joinFanout(parts: readonly Second[], shapes: Shapes): Second['fanout'] {
  const of = (name: 'first' | 'median' | 'last'): Latency | undefined =>
    joinLatency(
      parts.flatMap(({ fanout }) => fanout?.[name] ?? []),
      shapes[name],
    );
  const [first, median, last] = [of('first'), of('median'), of('last')];
  return first && median && last && { first, median, last };
}

/** Puts times together: the extremes as they were, quantiles from the shape of all of them. */
function joinLatency(parts: readonly Latency[], shape: Shape = []): Latency | undefined {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  if (count === 0) return undefined;
  const max = Math.max(...parts.map((part) => part.max));
  const at = (share: number): number => Math.min(max, quantileOf(shape, share) ?? max);
  const mean = parts.reduce((sum, part) => sum + part.mean * part.count, 0) / count;
  return { count, p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max, mean };
}

function joinWorker(last: WorkerSecond, seconds: readonly Second[]): WorkerSecond {
  const parts = seconds.flatMap(({ workers }) => workers.find(({ worker }) => worker === last.worker) ?? []);
  const shape = addShapes(parts.map((part) => part.shape ?? []));
  const response = joinLatency(
    parts.flatMap((part) => part.response ?? []),
    shape,
  );
  const push = joinLatency(
    parts.flatMap((part) => part.push ?? []),
    shape,
  );
  const counted = meanOf(parts, (part): Counters => part, COUNTERS);
  const { worker, open } = last;
  return { worker, open, ...counted, shape, ...(response ? { response } : push && { push }) };
}

const LOAD_FIGURES = [
  'cpuCores',
  'rssMB',
  'loopUtilisation',
  'gcMsPerSecond',
  'waitMsPerSecond',
  'throttledMsPerSecond',
] as const satisfies readonly (keyof LoadSecond)[];

function joinGenerator(seconds: readonly Second[]): Second['generator'] {
  const totals = meanOf(seconds, ({ generator }) => generator, ['cpuCores', 'rssMB', 'loopUtilisation']);
  const processes = (seconds.at(-1)?.generator.processes ?? []).map((last): LoadSecond => {
    const parts = seconds.flatMap(
      ({ generator }) => generator.processes.find(({ id }) => id === last.id) ?? [],
    );
    return {
      ...last,
      ...meanOf(parts, (part) => part, LOAD_FIGURES),
    };
  });
  return { ...totals, processes };
}

function joinProbes(probes: readonly Probe[]): Probe | null {
  const last = probes.at(-1);
  if (last === undefined) return null;
  const processes = last.processes.map((process) => joinProcess(process, probes));
  const coordinator = { ...last.coordinator, ...meanOf(probes, (probe) => probe.coordinator, ['cpuCores']) };
  const host = { ...last.host, ...meanOf(probes, (probe) => probe.host, ['stealPercent', 'busyPercent']) };
  return { ...last, processes, coordinator, host };
}

function joinProcess(last: ProbedProcess, probes: readonly Probe[]): ProbedProcess {
  const isSame = ({ role, id, host }: ProbedProcess): boolean =>
    role === last.role && id === last.id && host === last.host;
  const parts = probes.flatMap(({ processes }) => processes.find(isSame) ?? []);
  const rates = ['cpuCores', 'gcMsPerSecond', 'messagesInPerSecond', 'messagesOutPerSecond'] as const;
  const eventLoopP99Ms = Math.max(...parts.map((part) => part.eventLoopP99Ms));
  const rssBytes = Math.max(...parts.map((part) => part.rssBytes));
  return { ...last, ...meanOf(parts, (part) => part, rates), rssBytes, eventLoopP99Ms };
}
