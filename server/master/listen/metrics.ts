/**
 * The cluster's state as Prometheus text. The only file that knows prom-client: figures are set from the
 * snapshots at each scrape, so that nothing is counted twice.
 */
import { Counter, Gauge, Registry } from 'prom-client';
import type { AgedSnapshot, ClusterState, Snapshot } from '../../observe/index.ts';

const MICROS_PER_SECOND = 1_000_000;
const MS_PER_SECOND = 1_000;
const PROCESS_LABELS = ['role', 'id'] as const;

/** A figure of a process: name, help, and where it stands in a snapshot. */
const gauges: readonly (readonly [string, string, (snapshot: AgedSnapshot) => number])[] = [
  [
    'socketcluster_snapshot_age_seconds',
    'Time since the process was heard; one that stands still is not',
    ({ ageMs }) => ageMs / MS_PER_SECOND,
  ],
  ['socketcluster_resident_memory_bytes', 'Resident memory', ({ rssBytes }) => rssBytes],
  ['socketcluster_heap_used_bytes', 'Heap in use', ({ heapUsedBytes }) => heapUsedBytes],
  ['socketcluster_connections', 'Open sockets or links', ({ connections }) => connections],
  [
    'socketcluster_event_loop_delay_p99_seconds',
    'Event-loop delay, 99th percentile of the last second',
    ({ eventLoop }) => eventLoop.p99 / MS_PER_SECOND,
  ],
];

const counters: typeof gauges = [
  ['socketcluster_cpu_seconds_total', 'Processor time', ({ cpuMicros }) => cpuMicros / MICROS_PER_SECOND],
  ['socketcluster_gc_seconds_total', 'Time in garbage collection', ({ gcMs }) => gcMs / MS_PER_SECOND],
  ['socketcluster_accepted_total', 'Sockets accepted', ({ accepted }) => accepted],
  ['socketcluster_messages_in_total', 'Messages received', ({ messagesIn }) => messagesIn],
  ['socketcluster_messages_out_total', 'Messages sent', ({ messagesOut }) => messagesOut],
];

/** Content type of the text. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Formats a state. */
export async function formatMetrics(state: ClusterState): Promise<string> {
  const registry = new Registry();
  registry.setDefaultLabels({ app: state.appName });
  const registers = [registry];
  for (const [name, help, read] of gauges) {
    const gauge = new Gauge({ name, help, labelNames: PROCESS_LABELS, registers });
    for (const snapshot of state.processes) {
      gauge.set(labelsOf(snapshot), read(snapshot));
    }
  }
  for (const [name, help, read] of counters) {
    const counter = new Counter({ name, help, labelNames: PROCESS_LABELS, registers });
    for (const snapshot of state.processes) {
      counter.inc(labelsOf(snapshot), read(snapshot));
    }
  }
  addNamed(registry, state);
  new Counter({ name: 'socketcluster_restarts_total', help: 'Processes started again', registers }).inc(
    state.restarts.length,
  );
  new Gauge({ name: 'socketcluster_ready', help: '1 while the cluster takes clients', registers }).set(
    state.isReady ? 1 : 0,
  );
  addDrain(registers, state);
  return registry.metrics();
}

function addDrain(registers: Registry[], { draining, left }: ClusterState): void {
  new Gauge({ name: 'socketcluster_draining', help: '1 while clients are sent away', registers }).set(
    draining ? 1 : 0,
  );
  if (left !== undefined) {
    new Gauge({ name: 'socketcluster_left', help: 'Clients still here in a drain', registers }).set(left);
  }
}

/** Counters that only some roles have, such as sockets closed for being too slow. */
function addNamed(registry: Registry, { processes }: ClusterState): void {
  const counter = new Counter({
    name: 'socketcluster_events_total',
    help: 'What else processes count, by name',
    labelNames: [...PROCESS_LABELS, 'event'],
    registers: [registry],
  });
  for (const snapshot of processes) {
    for (const [event, count] of Object.entries(snapshot.counters)) {
      counter.inc({ ...labelsOf(snapshot), event }, count);
    }
  }
}

function labelsOf({ role, id }: Snapshot): { role: string; id: string } {
  return { role, id: String(id) };
}
