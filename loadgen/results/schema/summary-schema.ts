/** `summary.json` as a schema: what other programs may rely on, and how a file of unknown origin is looked at. */
import { z } from 'zod';
import { added, causes, count, figure, quantiles, schedule, times, told, twoQuantiles } from './figures.ts';
import { generator, loopDelay } from './generator.ts';

const target = z.object({
  cpuCores: told('Cores of all its processes'),
  rssMB: told('Most memory of all its processes at one moment, MB'),
  rssSlopeMBPerHour: told('How fast its memory grew, MB an hour').optional(),
  rssGrowthMB: z
    .object({ low: figure('At least'), high: figure('At most') })
    .nullable()
    .optional()
    .describe('By how much, MB: the 95 % interval; null when nobody can tell'),
  cpuMicrosPerMessage: told('Processor time a message, µs'),
});

const users = z.object({
  target: count('Users planned'),
  peak: count('Most open at once'),
  failed: causes('Connections that failed'),
  dropped: causes('Open sockets that ended though nobody asked'),
  thrown: causes("Errors that ended behaviours of the scenario's own").optional(),
  left: count('Left when it was time'),
  returned: count('Connected once more'),
});

const messages = z.object({
  sent: count('Messages sent'),
  received: count('Answers that came in time'),
  errors: count('Answers that told of an error'),
  timedOut: count('Not answered in time'),
  lost: count('Sent on a socket that closed before the answer'),
  duplicated: count('Answered twice'),
  reordered: count('Answered out of order'),
  inFlight: count('Sent, and not yet answered when the run ended'),
  unsent: count('Came due on a user that was not connected'),
  published: count('Publications sent'),
  pushed: count('Deliveries'),
  pushLost: count('Deliveries that did not come'),
  pushDuplicated: count('Deliveries that came twice'),
  pushReordered: count('Deliveries that came late'),
  pushUnasked: added('Deliveries in a channel that their user had not asked for'),
  subscribed: added('Subscriptions the target confirmed'),
  pushForeign: added('Deliveries of what another run published'),
  perSecond: figure('Round trips a second'),
  pushesPerSecond: figure('Deliveries a second'),
});

const phase = z.object({
  id: z.string().describe('Its name'),
  start: figure('Seconds since the common start'),
  end: figure('Exclusive'),
  measured: z.boolean().describe("Whether the run's own figures are taken from it"),
  users: users.pick({ peak: true, failed: true, dropped: true, thrown: true }),
  messages: messages
    .omit({ duplicated: true, reordered: true, inFlight: true, subscribed: true })
    .omit({ pushDuplicated: true, pushReordered: true, pushUnasked: true, pushForeign: true })
    .extend({ unsent: added('Turns that passed by on a user that was not connected') }),
  schedule,
  latencyMs: times,
  loopDelayMs: loopDelay.optional(),
  workers: z.array(
    z.object({
      id: z.string(),
      messagesPerSecond: figure('Answers and deliveries a second'),
      response: quantiles.optional(),
      push: quantiles.optional(),
    }),
  ),
  target,
});

const worker = z.object({
  id: z.string().describe('Its id; "-" for a target without names'),
  pid: z.number().nullable(),
  connections: count('Sockets at the end of the last measured phase'),
  peakConnections: count('Most sockets at once'),
  messagesPerSecond: figure('Answers and deliveries a second'),
  response: twoQuantiles,
  push: twoQuantiles,
  cpuCores: told('Cores'),
  rssMB: told('Most memory, MB'),
  eventLoopP99Ms: told('Highest p99 of the event-loop delay, ms'),
  gcMsPerSecond: told('Garbage collection, ms a second'),
});

const server = z.object({
  id: z.string().describe('Its name'),
  workers: count('Its workers'),
  connections: count('Sockets at the end of the last measured phase'),
  messagesPerSecond: figure('Answers and deliveries a second'),
  cpuCores: told('Cores of all its processes'),
  rssMB: told('Most memory of all its processes at one moment, MB'),
});

const helper = z.object({
  id: z.number(),
  host: z.string().optional().describe('Its host; missing when there is one'),
  pid: z.number(),
  cpuCores: figure('Cores'),
  rssMB: figure('Most memory, MB'),
  messagesPerSecond: figure('Messages that came in a second'),
});

const verdict = z.object({
  status: z.enum(['pass', 'fail', 'regressed', 'invalid']),
  validity: z.enum(['valid', 'suspect', 'invalid']),
  reasons: z.array(z.string()).describe('Sentences, most important first'),
});

const http = z.object({
  perSecond: figure('Answers a second'),
  status: z.record(z.string(), z.number()).describe('Answers by their status'),
  errors: count('Requests without an answer'),
  timedOut: count('Requests that timed out'),
  latencyMs: quantiles.optional(),
});

const carried = z.object({
  cpuCores: figure('Cores at most'),
  leastCpuCores: added('Cores at least; missing where there is no telling'),
  rssMB: figure('Memory, MB'),
});

const forecast = z.object({
  users: count('Users the host can carry'),
  limit: z.string().describe('The limit that binds first'),
  generator: carried,
  target: carried.nullable().describe('Null for a target elsewhere'),
});

const profile = z.object({
  tool: z.enum(['doctor', 'flame', 'bubbleprof', 'heapprofiler', 'cpu']),
  role: z.enum(['master', 'balancer', 'worker', 'broker']),
  id: z.number(),
  file: z
    .string()
    .optional()
    .describe('Its name, in the folder of the record; missing when nothing came of it'),
});

const host = z.object({
  cpus: count('Processors'),
  model: z.string(),
  memoryGB: figure('Memory'),
  kernel: z.string(),
  node: z.string(),
  fdLimit: count('Descriptors a process may open'),
  stealPercent: figure('Processor time stolen by other machines'),
  othersPercent: added(
    "Processor time taken by processes that are none of the run's, while the host was busy",
  ),
  retransmittedPercent: added('Segments of TCP that the host had to send again'),
  listenOverflows: added('Connections that a full listening queue of the host turned away'),
  conntrackPercent: added('The fullest the table of connections was'),
  filesPercent: added('The fullest the table of files was'),
  socketMemoryPercent: added('The most of the memory for sockets that was used'),
});

/** What `summary.json` holds. Fields that later versions add are passed over. */
export const summarySchema = z
  .object({
    version: z.literal(2),
    scenario: z.string(),
    seed: z.number(),
    startedAt: z.string().describe('ISO time of the common start'),
    seconds: figure('Length of the run'),
    verdict,
    rules: z.array(z.object({ rule: z.string(), value: z.number().nullable(), ok: z.boolean().nullable() })),
    findings: z.array(z.string()).optional().describe('What stands out; missing when nothing does'),
    users,
    messages,
    schedule,
    latencyMs: times,
    fanoutMs: z.object({ first: quantiles, median: quantiles, last: quantiles }).optional(),
    http: http.optional(),
    phases: z.array(phase),
    workers: z.array(worker),
    servers: z.array(server).optional().describe('Hosts of the target; missing when it has one'),
    balance: z.object({ connections: figure('The busiest worker divided by the mean') }),
    brokers: z.array(helper),
    balancers: z.array(helper),
    target,
    generator,
    forecast: forecast.optional().describe('What the doctor foretold; missing when it was not asked'),
    profile: profile.optional().describe('Which process was profiled meanwhile; missing when none was'),
    host,
  })
  .describe(
    'summary.json of socketcluster-bench: figures are means over the measured phases, counts are of the run',
  );
