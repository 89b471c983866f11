/**
 * Which time which share of all messages was within, up to the slowest. A mean hides the slow ones, and so does a
 * list of four percentiles; here every further nine of the share has as much room as the one before.
 */
import { addShapes, type Quantiles, quantileOf, type Run, type Shape } from '../../loadgen/results/index.ts';
import type { Line, Point } from '../browser/index.ts';
import { formatDecimal } from '../figures/index.ts';
import type { Figure } from './figure.ts';
import { LEAST_MS } from './lines.ts';

/** Points in every decade of the scale: enough for a smooth line. */
const POINTS_PER_DECADE = 12;

/** What the summary knows exactly: one in so many is slower. */
const KNOWN: readonly [name: keyof Quantiles, oneIn: number][] = [
  ['p50', 2],
  ['p90', 10],
  ['p99', 100],
  ['p999', 1_000],
];

const NAMES = ['response', 'service', 'push', 'lateness'] as const;
const LOOKS = { response: 0, service: 2, push: 1, lateness: 7 };

/** Draws the spectra of the measured phases; nothing for a run that timed nothing. */
export function spectrumFigure(run: Run): Figure[] {
  const lines = NAMES.flatMap((name) => spectrumLine(run, name));
  if (lines.length === 0) return [];
  const words = lines.map(({ label }) => `${label}: ${inWords(run.summary.latencyMs[label as 'response'])}`);
  const title = 'Percentile spectrum';
  return [
    {
      title,
      description: `${title}, milliseconds by share of messages. ${words.join('; ')}.`,
      model: { id: 'chart-spectrum', unit: 'ms', scale: 'logarithmic', axis: 'share', small: false, lines },
    },
  ];
}

/**
 * Takes the points of a distribution up to the share that one of all values stands for. Where a figure is known it is
 * taken, and estimates keep between those on either side.
 */
export function spectrumOf(shape: Shape, known: Quantiles): Point[] {
  const count = shape.reduce((sum, value, at) => (at % 2 === 0 ? sum : sum + value), 0);
  const anchors = KNOWN.map(([name, oneIn]) => ({ oneIn, value: known[name] })).filter(
    ({ oneIn }) => oneIn < count,
  );
  anchors.push({ oneIn: Math.max(2, count), value: known.max });
  const steps = Math.floor(Math.log10(Math.max(1, count)) * POINTS_PER_DECADE);
  const estimates = Array.from({ length: steps + 1 }, (_, step) => {
    const oneIn = 10 ** (step / POINTS_PER_DECADE);
    const least = anchors.findLast((anchor) => anchor.oneIn <= oneIn)?.value ?? LEAST_MS;
    const most = anchors.find((anchor) => anchor.oneIn >= oneIn)?.value ?? known.max;
    const value = quantileOf(shape, 1 - 1 / oneIn) ?? least;
    return { oneIn, value: Math.min(most, Math.max(least, value)) };
  });
  return [...estimates, ...anchors]
    .sort((one, other) => one.oneIn - other.oneIn || one.value - other.value)
    .map(({ oneIn, value }): Point => [shorten(oneIn), shorten(Math.max(LEAST_MS, value))]);
}

function shorten(value: number): number {
  return Number(value.toPrecision(4));
}

function spectrumLine({ header, timeline, summary }: Run, name: (typeof NAMES)[number]): Line[] {
  const known = summary.latencyMs[name];
  if (known === undefined) return [];
  const measured = header.phases.filter((phase) => phase.measured ?? phase.name === 'steady');
  const isMeasured = (second: number): boolean =>
    measured.length === 0 || measured.some(({ start, end }) => second >= start && second < end);
  const seconds = timeline.filter(({ second }) => isMeasured(second));
  const shape = addShapes(seconds.map(({ shapes }) => shapes?.[name] ?? []));
  if (shape.length === 0) return [];
  return [{ label: name, look: LOOKS[name], filled: name === 'lateness', points: spectrumOf(shape, known) }];
}

function inWords(known: Quantiles | undefined): string {
  if (known === undefined) return '';
  const { p50, p99, p999, max } = known;
  return `half within ${formatDecimal(p50)}, 99 % within ${formatDecimal(p99)}, 99.9 % within ${formatDecimal(p999)}, the slowest ${formatDecimal(max)}`;
}
