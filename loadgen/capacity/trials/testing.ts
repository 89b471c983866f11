/** Records for the tests of trials: seconds are told as plain lists of times. */
import {
  createHistogram,
  type Header,
  type Probe,
  type ProbedProcess,
  RECORD_VERSION,
  type RecordLine,
  type Totals,
  type Window,
  type WorkerWindow,
} from '../../results/index.ts';

/** One second of one load process; times are milliseconds, all else is 0. */
export interface MadeSecond
  extends Partial<
    Pick<
      WorkerWindow,
      'duplicated' | 'errors' | 'lost' | 'pushLost' | 'pushLostOf' | 'pushReordered' | 'sent' | 'timedOut'
    >
  > {
  /** Times of answers, from when they were due and from when they were sent. */
  response?: readonly number[];
  service?: readonly number[];
  push?: readonly number[];
  connect?: readonly number[];
  lateness?: readonly number[];
  published?: number;
  unsent?: number;
  open?: number;
  failed?: Record<string, number>;
  dropped?: Record<string, number>;
  thrown?: Record<string, number>;
  cpuMicros?: number;
}

/** A run: seconds of each load process, and what was planned. */
export interface MadeRun {
  /** By load process. The first second is second 0. */
  processes: readonly (readonly MadeSecond[])[];
  /** The measured seconds; `until` is exclusive. */
  from: number;
  until: number;
  /** Messages and publications planned for them. Absent: nobody knows. */
  planned?: number;
  users?: number;
  /** Of each second. Default: the target tells nothing. */
  probed?: readonly Partial<ProbedProcess>[];
  header?: Partial<Header>;
  /** False for a run that was cut off. Default true. */
  isWhole?: boolean;
}

/** Encodes times in milliseconds; undefined for none. */
export function timesOf(milliseconds: readonly number[] = []): string | undefined {
  if (milliseconds.length === 0) return undefined;
  const histogram = createHistogram();
  for (const time of milliseconds) histogram.record(time * 1_000);
  const encoded = histogram.encode();
  histogram.destroy();
  return encoded;
}

/** The same time so often. */
export function times(count: number, milliseconds: number): number[] {
  return Array.from({ length: count }, () => milliseconds);
}

/** Makes the lines of a run's record. */
export function recordOf(run: MadeRun): RecordLine[] {
  const windows = run.processes.map((seconds, process) =>
    seconds.map((second, n) => windowOf(process, n, second)),
  );
  const last = Math.max(...run.processes.map(({ length }) => length));
  const probes = Array.from({ length: last }, (_, second) => probeOf(second, run.probed ?? []));
  const verdict = { status: 'pass' as const, validity: 'valid' as const, reasons: [] };
  const lines: RecordLine[] = [headerOf(run, last), ...windows.flat(), ...probes];
  if (run.isWhole === false) return lines;
  return [...lines, { type: 'final', seconds: last, totals: windows.map(totalsOf), verdict, rules: [] }];
}

/** Makes one window. */
export function windowOf(process: number, second: number, made: MadeSecond): Window {
  const { open = 0, failed = {}, dropped = {}, thrown, unsent = 0, published = 0, cpuMicros = 0 } = made;
  const lateness = timesOf(made.lateness);
  return {
    type: 'window',
    process,
    second,
    users: { started: open, open, failed, dropped },
    unsent,
    published,
    workers: [workerOf(made, open)],
    ...(thrown && { thrown }),
    ...(lateness && { lateness }),
    load: { pid: 100 + process, cpuMicros, rssBytes: 1, loopUtilisation: 0, gcMs: 0 },
  };
}

function workerOf(made: MadeSecond, open: number): WorkerWindow {
  const { sent = 0, timedOut = 0, lost = 0, duplicated = 0 } = made;
  const { errors, pushLost, pushLostOf, pushReordered } = made;
  const encoded = {
    response: timesOf(made.response),
    service: timesOf(made.service ?? made.response),
    push: timesOf(made.push),
    connect: timesOf(made.connect),
  };
  const told = Object.entries(encoded).filter(([, text]) => text !== undefined);
  return {
    worker: '0',
    ...{ open, sent, timedOut, lost, duplicated },
    answered: made.response?.length ?? 0,
    reordered: 0,
    pushed: made.push?.length ?? 0,
    ...(errors !== undefined && { errors }),
    ...(pushLost !== undefined && { pushLost }),
    ...(pushLostOf !== undefined && { pushLostOf }),
    ...(pushReordered !== undefined && { pushReordered }),
    ...Object.fromEntries(told),
  };
}

/** Makes what was looked at in one second. */
export function probeOf(second: number, probed: readonly Partial<ProbedProcess>[]): Probe {
  const host = { stealPercent: 0, busyPercent: 0, memoryFreeBytes: 1 };
  return {
    type: 'probe',
    second,
    processes: probed.map(probedOf),
    coordinator: { pid: 1, cpuCores: 0, rssBytes: 1 },
    host: { ...host, network: { segmentsSent: 10, segmentsRetransmitted: second, listenOverflows: 0 } },
  };
}

function probedOf(probed: Partial<ProbedProcess>): ProbedProcess {
  const figures = { cpuCores: 0, rssBytes: 0, eventLoopP99Ms: 0, gcMsPerSecond: 0, connections: 0 };
  const messages = { messagesInPerSecond: 0, messagesOutPerSecond: 0 };
  return { role: 'worker', id: 0, pid: 1_000, ...figures, ...messages, ...probed };
}

function headerOf({ from, until, planned, processes, users = 0, header = {} }: MadeRun, end: number): Header {
  const known = planned === undefined ? {} : { planned: 0 };
  const phases: Header['phases'] = [
    { name: 'ramp', start: 0, end: from, measured: false, ...known },
    { name: 'steady', start: from, end: until, measured: true, ...(planned !== undefined && { planned }) },
    { name: 'drain', start: until, end: Math.max(end, until + 1), measured: false, ...known },
  ];
  return {
    type: 'header',
    version: RECORD_VERSION,
    ...{ tool: '0.1.0', scenario: 'made', question: 'Is it counted?', seed: 1, command: 'test' },
    startedAt: '2026-01-01T00:00:00.000Z',
    users,
    ramp: 1,
    messagesPerSecond: (planned ?? 0) / (until - from),
    phases: phases.filter(({ start, end: last }) => last > start),
    plan: {},
    planHash: '0',
    rules: [],
    target: { url: 'ws://127.0.0.1:8000/', own: true, workers: 1, brokers: 1, balancers: 0 },
    generator: { processes: processes.length, sourceAddresses: 2, driver: 'socketcluster' },
    host: { cpus: 2, model: 'None', memoryGB: 16, kernel: '6', node: '20', fdLimit: 1_000 },
    ...header,
  };
}

/** What the windows add up to, so that the books balance. */
function totalsOf(windows: readonly Window[]): Totals {
  const workers = windows.flatMap((window) => window.workers);
  const of = (name: 'answered' | 'duplicated' | 'lost' | 'pushed' | 'sent' | 'timedOut'): number =>
    workers.reduce((sum, worker) => sum + worker[name], 0);
  const rare = (name: 'pushLost' | 'pushReordered'): number =>
    workers.reduce((sum, worker) => sum + (worker[name] ?? 0), 0);
  const all = (read: (window: Window) => number): number =>
    windows.reduce((sum, each) => sum + read(each), 0);
  const counted = (counts: Record<string, number>): number =>
    Object.values(counts).reduce((a, b) => a + b, 0);
  const [sent, answered, timedOut, lost] = [of('sent'), of('answered'), of('timedOut'), of('lost')];
  const [failed, dropped] = [
    all(({ users }) => counted(users.failed)),
    all(({ users }) => counted(users.dropped)),
  ];
  return {
    ...{ sent, answered, timedOut, lost, failed, dropped },
    inFlight: sent - answered - timedOut - lost,
    ...{ duplicated: of('duplicated'), reordered: 0, pushed: of('pushed') },
    ...{ pushLost: rare('pushLost'), pushReordered: rare('pushReordered') },
    published: all((window) => window.published ?? 0),
    unsent: all(({ unsent }) => unsent),
    connected: (windows.at(-1)?.users.open ?? 0) + dropped,
    left: 0,
  };
}
