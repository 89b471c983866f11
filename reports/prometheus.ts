/** The summary in Prometheus' text format, for a push gateway or a node exporter's text file. */
import type { Quantiles, Summary } from '../loadgen/results/index.ts';
import { errorsOf, namedTimes, totalOf } from './figures/index.ts';

/** A figure with what tells it from others of its name. */
interface Sample {
  labels?: Record<string, string>;
  value: number | null | undefined;
}

interface Metric {
  name: string;
  help: string;
  samples: Sample[];
}

const MEGABYTE = 1_000_000;
const QUANTILES = { p50: '0.5', p90: '0.9', p99: '0.99', p999: '0.999', max: '1' } as const satisfies {
  [Name in keyof Quantiles]?: string;
};

/** Formats a run's summary. All figures are gauges: they speak of a run that is over. */
export function formatPrometheus(summary: Summary): string {
  const common = { scenario: summary.scenario, seed: String(summary.seed) };
  return metricsOf(summary)
    .map((metric) => formatMetric(metric, common))
    .join('');
}

/** Escapes the value of a label. */
export function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function metricsOf(summary: Summary): Metric[] {
  const { verdict, users, messages, target, generator } = summary;
  const one = (name: string, help: string, value: Sample['value']): Metric => ({
    name,
    help,
    samples: [{ value }],
  });
  return [
    one('passed', '1 when the verdict is pass', verdict.status === 'pass' ? 1 : 0),
    one('valid', '1 when the measurement is beyond doubt', verdict.validity === 'valid' ? 1 : 0),
    one('started_timestamp_seconds', 'Common start of the run', Date.parse(summary.startedAt) / 1_000),
    one('duration_seconds', 'Length of the run', summary.seconds),
    {
      name: 'rule_holds',
      help: '1 when the rule holds',
      samples: summary.rules.map(({ rule, ok }) => ({
        labels: { rule },
        value: ok === null ? null : Number(ok),
      })),
    },
    one('users_target', 'Users planned', users.target),
    one('users_peak', 'Most users open at once', users.peak),
    one('users_failed', 'Connections that failed', totalOf(users.failed)),
    one('users_dropped', 'Open sockets that ended though nobody asked', totalOf(users.dropped)),
    one('users_thrown', "Errors that ended behaviours of the scenario's own", totalOf(users.thrown ?? {})),
    one('messages_sent', 'Messages sent', messages.sent),
    one('messages_received', 'Answers that came in time', messages.received),
    one('messages_per_second', 'Round trips a second in the measured phases', messages.perSecond),
    one('deliveries', 'Publications delivered', messages.pushed),
    one('deliveries_per_second', 'Deliveries a second in the measured phases', messages.pushesPerSecond),
    {
      name: 'errors',
      help: 'What went wrong, by cause',
      samples: errorsOf(summary).map(({ what, words, count }) => ({
        labels: { what, cause: words },
        value: count,
      })),
    },
    { name: 'time_seconds', help: 'Times by quantile; quantile 1 is the slowest', samples: times(summary) },
    one('target_cpu_cores', 'Cores of all processes of the target', target.cpuCores),
    one('target_memory_bytes', 'Most memory of the target', bytes(target.rssMB)),
    one('target_cpu_seconds_per_message', 'Processor time a message', seconds(target.cpuMicrosPerMessage)),
    one('generator_cpu_cores', 'Cores of the load generator', generator.cpuCores),
    one('generator_memory_bytes', 'Most memory of the load generator', bytes(generator.rssMB)),
    {
      name: 'generator_loop_delay_seconds',
      help: 'How long 99 % of what came in waited at most until its load process read it',
      samples: generator.processes.map(({ id, loopDelayMs }) => ({
        labels: { process: String(id) },
        value: loopDelayMs && loopDelayMs.p99 / 1_000,
      })),
    },
    ...workers(summary),
  ];
}

function times(summary: Summary): Sample[] {
  return namedTimes(summary).flatMap(({ name, quantiles }) =>
    Object.entries(QUANTILES).map(([from, quantile]) => ({
      labels: { time: name, quantile },
      value: quantiles[from as keyof typeof QUANTILES] / 1_000,
    })),
  );
}

function workers(summary: Summary): Metric[] {
  const each = (of: (worker: Summary['workers'][number]) => number | null): Sample[] =>
    summary.workers.map((worker) => ({ labels: { worker: worker.id }, value: of(worker) }));
  return [
    {
      name: 'worker_connections',
      help: 'Connections of a worker',
      samples: each(({ connections }) => connections),
    },
    { name: 'worker_cpu_cores', help: 'Cores of a worker', samples: each(({ cpuCores }) => cpuCores) },
    {
      name: 'worker_memory_bytes',
      help: 'Most memory of a worker',
      samples: each(({ rssMB }) => bytes(rssMB)),
    },
  ];
}

function bytes(megabytes: number | null): number | null {
  return megabytes === null ? null : Math.round(megabytes * MEGABYTE);
}

function seconds(micros: number | null): number | null {
  return micros === null ? null : micros / 1_000_000;
}

/** Leaves out what was not measured, and a metric of which nothing was. No two samples have the same labels. */
function formatMetric({ name, help, samples }: Metric, common: Record<string, string>): string {
  const known = new Map<string, number>();
  for (const { labels = {}, value } of samples) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    const all = Object.entries({ ...common, ...labels }).map(
      ([label, text]) => `${label}="${escapeLabel(text)}"`,
    );
    known.set(all.join(','), value);
  }
  if (known.size === 0) return '';
  const lines = [...known].map(([labels, value]) => `scbench_${name}{${labels}} ${value}\n`);
  return `# HELP scbench_${name} ${help}\n# TYPE scbench_${name} gauge\n${lines.join('')}`;
}
