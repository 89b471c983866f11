/** What every line of a record must have: a file of unknown origin is looked at once, when it is read. */
import { z } from 'zod';
import { COUNTED, RARE } from '../counters.ts';
import type { Final, Totals } from '../final.ts';
import type { Probe } from '../probe.ts';
import type { HttpRecord, RecordLine, RunEvent } from '../run-record.ts';
import type { Window, WorkerWindow } from '../window.ts';
import { header } from './header.ts';
import { counts, flag, type Looks, maybe, number, role, text } from './looks.ts';

/** Later releases may know kinds that this one has no looks for. */
const eventKind = z.custom<RunEvent['kind']>((kind) => typeof kind === 'string', 'a kind of event');

/** The same look at several of them. */
function all<Name extends string, Look>(names: readonly Name[], look: Look): Record<Name, Look> {
  return Object.fromEntries(names.map((name) => [name, look])) as Record<Name, Look>;
}

const worker = z.object({
  worker: text,
  open: number,
  ...all(COUNTED, number),
  ...all(RARE, maybe.number),
  pushLostOf: counts.exactOptional(),
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
      host: maybe.text,
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
  ...all(COUNTED, number),
  ...all(RARE, maybe.number),
  inFlight: number,
  published: number,
  unsent: number,
  connected: number,
  failed: number,
  dropped: number,
  left: maybe.number,
  publishedUnasked: maybe.number,
} satisfies Looks<Totals>);

const final = z.object({
  type: z.literal('final'),
  seconds: number,
  totals: z.array(totals.nullable()),
  startLateMs: z.array(number.nullable()).exactOptional(),
  clockErrorsMs: z.array(number).exactOptional(),
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

/** Whether this is a window as a record may hold it. */
export function isWindow(value: unknown): value is Window {
  return window.safeParse(value).success;
}

/** Whether these are the totals of a load process as a record may hold them. */
export function isTotals(value: unknown): value is Totals {
  return totals.safeParse(value).success;
}

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
