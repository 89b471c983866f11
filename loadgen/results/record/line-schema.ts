/** What every line of a record must have: a file of unknown origin is looked at once, when it is read. */
import { z } from 'zod';
import type { Final, Totals } from './final.ts';
import type { Header } from './header.ts';
import type { Probe, ProbedProcess } from './probe.ts';
import type { HttpRecord, RecordLine, RunEvent } from './run-record.ts';
import type { Window, WorkerWindow } from './window.ts';

const text = z.string();
const number = z.number();
const flag = z.boolean();
const counts = z.record(text, number);
const maybe = { text: text.exactOptional(), number: number.exactOptional(), flag: flag.exactOptional() };

const role = z.enum(['master', 'balancer', 'worker', 'broker']) satisfies z.ZodType<ProbedProcess['role']>;

/** Later releases may know kinds that this one has no looks for. */
const eventKind = z.custom<RunEvent['kind']>((kind) => typeof kind === 'string', 'a kind of event');

/** A look at each of its keys, at those it may be without as well. */
type Looks<T> = { [Key in keyof T]-?: z.ZodType<T[Key]> };

const foretold = z.object({ cpuCores: number, leastCpuCores: maybe.number, rssMB: number });

const header = z.object({
  type: z.literal('header'),
  version: number,
  tool: text,
  scenario: text,
  question: text,
  seed: number,
  startedAt: z.iso.datetime('an ISO time'),
  command: text,
  users: number,
  ramp: number,
  messagesPerSecond: number,
  phases: z.array(
    z.object({ name: text, start: number, end: number, measured: maybe.flag, planned: maybe.number }),
  ),
  plan: z.record(text, z.unknown()),
  planHash: text,
  rules: z.array(text),
  faults: z
    .array(z.object({ second: number, text, role: role.exactOptional(), id: maybe.number }))
    .exactOptional(),
  target: z.object({ url: text, own: flag, workers: number, brokers: number, balancers: number }),
  generator: z.object({
    processes: number,
    sourceAddresses: number,
    driver: text,
    precedence: z.enum(['real-time', 'high', 'normal']).exactOptional(),
  }),
  host: z.object({
    cpus: number,
    model: text,
    memoryGB: number,
    kernel: text,
    node: text,
    fdLimit: number,
  }),
  forecast: z
    .object({ users: number, limit: text, generator: foretold, target: foretold.nullable() })
    .exactOptional(),
  profile: z
    .object({
      tool: z.enum(['doctor', 'flame', 'bubbleprof', 'heapprofiler', 'cpu']),
      role,
      id: number,
      file: maybe.text,
    })
    .exactOptional(),
} satisfies Looks<Header>);

const worker = z.object({
  worker: text,
  open: number,
  sent: number,
  answered: number,
  timedOut: number,
  lost: number,
  duplicated: number,
  reordered: number,
  pushed: number,
  pushLost: maybe.number,
  pushLostOf: counts.exactOptional(),
  pushDuplicated: maybe.number,
  pushReordered: maybe.number,
  pushUnasked: maybe.number,
  subscribed: maybe.number,
  pushForeign: maybe.number,
  errors: maybe.number,
  response: maybe.text,
  service: maybe.text,
  push: maybe.text,
  connect: maybe.text,
  recovery: maybe.text,
} satisfies Looks<WorkerWindow>);

const window = z.object({
  type: z.literal('window'),
  process: number,
  second: number,
  users: z.object({
    started: number,
    open: number,
    failed: counts,
    dropped: counts,
    left: maybe.number,
    returned: maybe.number,
  }),
  unsent: number,
  published: maybe.number,
  workers: z.array(worker),
  fanout: z.object({ first: text, median: text, last: text }).exactOptional(),
  lateness: maybe.text,
  arrival: maybe.text,
  loopDelay: maybe.text,
  resolutionMs: maybe.number,
  thrown: counts.exactOptional(),
  visits: z.array(z.object({ group: text, begun: number, threw: number })).exactOptional(),
  load: z.object({
    pid: number,
    cpuMicros: number,
    rssBytes: number,
    loopUtilisation: number,
    gcMs: number,
    waitMs: maybe.number,
    throttledMs: maybe.number,
  }),
} satisfies Looks<Window>);

const probedLoad = z.object({ pid: number, cpuCores: number, rssBytes: number });

const probe = z.object({
  type: z.literal('probe'),
  second: number,
  processes: z.array(
    z.object({
      role,
      id: number,
      pid: number,
      cpuCores: number,
      rssBytes: number,
      eventLoopP99Ms: number,
      gcMsPerSecond: number,
      connections: number,
      messagesInPerSecond: number,
      messagesOutPerSecond: number,
    }),
  ),
  coordinator: probedLoad,
  http: probedLoad.exactOptional(),
  host: z.object({
    stealPercent: number,
    busyPercent: number,
    processPercent: maybe.number,
    memoryFreeBytes: number,
    network: z
      .object({ segmentsSent: number, segmentsRetransmitted: number, listenOverflows: number })
      .exactOptional(),
    tables: z.object({ conntrack: number, files: number, socketMemory: number }).exactOptional(),
  }),
} satisfies Looks<Probe>);

const event = z.object({
  type: z.literal('event'),
  second: number,
  kind: eventKind,
  text,
  process: z.object({ role, id: number, pid: maybe.number }).exactOptional(),
  signal: maybe.text,
  killed: z.array(number).exactOptional(),
} satisfies Looks<RunEvent>);

const http = z.object({
  type: z.literal('http'),
  start: number,
  seconds: number,
  status: counts,
  errors: number,
  timedOut: number,
  latency: maybe.text,
} satisfies Looks<HttpRecord>);

const totals = z.object({
  sent: number,
  answered: number,
  timedOut: number,
  lost: number,
  inFlight: number,
  duplicated: number,
  reordered: number,
  published: number,
  pushed: number,
  unsent: number,
  connected: number,
  failed: number,
  dropped: number,
  left: maybe.number,
  pushLost: maybe.number,
  pushDuplicated: maybe.number,
  pushReordered: maybe.number,
  pushUnasked: maybe.number,
  subscribed: maybe.number,
  pushForeign: maybe.number,
} satisfies Looks<Totals>);

const final = z.object({
  type: z.literal('final'),
  seconds: number,
  totals: z.array(totals.nullable()),
  verdict: z.object({
    status: z.enum(['pass', 'fail', 'regressed', 'invalid']),
    validity: z.enum(['valid', 'suspect', 'invalid']),
    reasons: z.array(text),
  }),
  rules: z.array(z.object({ rule: text, value: number.nullable(), ok: flag.nullable() })),
} satisfies Looks<Final>);

/** By the type of a line. The compiler holds each against the shape it stands for. */
const schemas: { [Type in RecordLine['type']]: z.ZodType<Extract<RecordLine, { type: Type }>> } = {
  header,
  window,
  probe,
  event,
  http,
  final,
};

/** Tells lines of the types that this version knows; what they must have is for `checkLine` to say. */
export function isKnownLine(value: unknown): value is Pick<RecordLine, 'type'> {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return typeof value.type === 'string' && Object.hasOwn(schemas, value.type);
}

/** Gives the line as it is, with what later releases have added; or what is wanted of it, in words, and where. */
export function checkLine(line: Pick<RecordLine, 'type'>): { line: RecordLine } | { wanted: string } {
  const [issue] = schemas[line.type].safeParse(line).error?.issues ?? [];
  if (issue === undefined) return { line: line as RecordLine };
  const wanted = issue.message
    .replace(/^Invalid input: expected (\w+), .*$/, 'a value of type $1')
    .replace(/^Invalid option: expected /, '');
  return { wanted: `${wanted} as "${issue.path.join('.')}"` };
}
