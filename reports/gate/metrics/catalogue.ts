/** What the gate can measure of a build, and how large a difference of each matters. */

/** How two builds are held against each other: by the logarithm of their ratio, or by the difference of shares. */
export type Scale = 'ratio' | 'share';

/** One thing measured of a build. Of every metric more is worse. */
export interface Metric {
  readonly title: string;
  readonly unit: string;
  readonly scale: Scale;
  /** Least difference worth a word: 0.02 is 2 %, or two hundredths where the scale is a share. */
  readonly materiality: number;
  /** Difference below which a build counts as unchanged. */
  readonly margin: number;
}

/** All metrics by name. */
export const metrics = {
  cpu: { title: 'CPU per message', unit: 'µs', scale: 'ratio', materiality: 0.02, margin: 0.04 },
  instructions: {
    title: 'Instructions per message',
    unit: '',
    scale: 'ratio',
    materiality: 0.02,
    margin: 0.03,
  },
  allocation: { title: 'Allocation per message', unit: 'B', scale: 'ratio', materiality: 0.02, margin: 0.04 },
  gc: { title: 'Garbage collection per message', unit: 'µs', scale: 'ratio', materiality: 0.1, margin: 0.2 },
  p50: { title: 'Response, median', unit: 'ms', scale: 'ratio', materiality: 0.05, margin: 0.1 },
  tail: { title: 'Response, typical tail', unit: 'ms', scale: 'ratio', materiality: 0.1, margin: 0.2 },
  p99: { title: 'Response, p99', unit: 'ms', scale: 'ratio', materiality: 0.1, margin: 0.2 },
  // A slice in fifty: a stall of every second touches one in four.
  stalls: { title: 'Slices with a stall', unit: '', scale: 'share', materiality: 0.02, margin: 0.05 },
  memory: { title: 'Memory per connection', unit: 'B', scale: 'ratio', materiality: 0.03, margin: 0.05 },
} as const satisfies Record<string, Metric>;

/** The name of a metric. */
export type MetricName = keyof typeof metrics;

/** All names, in the order of reports. */
export const metricNames = Object.keys(metrics) as MetricName[];

/** Brings a difference said in words, as 0.02 for 2 %, onto the scale differences are tested on. */
export function toScale(metric: MetricName, amount: number): number {
  return metrics[metric].scale === 'ratio' ? Math.log1p(amount) : amount;
}

/** Brings a difference back from the scale it was tested on: 0.02 is 2 %. */
export function fromScale(metric: MetricName, difference: number): number {
  return metrics[metric].scale === 'ratio' ? Math.expm1(difference) : difference;
}
