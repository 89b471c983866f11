/**
 * Draws which time which share of all messages was within, on a scale that gives every further nine as much room as
 * the one before. Another stretch of the run gives other lines.
 */
import type { ChartLibrary, Dataset } from '../chart-library.ts';
import type { Looks } from '../looks.ts';
import type { ChartModel, ChartsModel, Line, Point } from '../model.ts';
import type { SelectionModel } from './model.ts';

declare const Chart: ChartLibrary;
declare const looks: Looks;

/** As in all other charts of full width. */
const WIDE_LABEL_PIXELS = 92;
const VALUE_AXIS_PIXELS = 44;

/** A tenth is within: one in 1.11 is slower. */
const FASTEST_TENTH = 1.11;

/** The resolution of the measurement. A logarithmic axis has no place for zero. */
const LEAST_MS = 0.001;

/** Where the axis is labelled: one in so many is slower. */
const TICKS = [1, 2, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
const full = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** One in 100 is slower: 99 % are within. */
function shareOf(oneIn: number): string {
  return `${Number((100 - 100 / oneIn).toFixed(6))} %`;
}

function shareAxis(lines: readonly Line[]): object {
  const most = Math.max(2, ...lines.map(({ points }) => points.at(-1)?.[0] ?? 2));
  return {
    type: 'logarithmic',
    min: 1,
    max: most,
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = TICKS.filter((value) => value <= most).map((value) => ({ value }));
    },
    border: { display: false },
    grid: { color: looks.colour('var(--line)'), drawTicks: false },
    ticks: { color: looks.colour('var(--soft)'), maxRotation: 0, padding: 6, callback: shareOf },
  };
}

/** The fastest tenth may be a thousand times faster than all others, and is of no interest: it may leave the chart. */
function lowestOf(lines: readonly Line[]): number {
  const values = lines.flatMap(({ points }) =>
    points.flatMap(([oneIn, value]) => (value !== null && oneIn >= FASTEST_TENTH ? [value] : [])),
  );
  return Math.max(LEAST_MS, Math.min(...values));
}

function valueAxis({ scale }: ChartModel, lines: readonly Line[]): object {
  return {
    type: scale,
    min: lowestOf(lines),
    afterFit: (axis: { width: number }) => {
      axis.width = VALUE_AXIS_PIXELS;
    },
    border: { display: false },
    grid: { color: looks.colour('var(--line)'), drawTicks: false },
    ticks: {
      color: looks.colour('var(--soft)'),
      padding: 6,
      maxTicksLimit: 40,
      callback: (value: number) => (/^[125]e/.test(value.toExponential()) ? short.format(value) : undefined),
    },
  };
}

interface Hovered {
  dataset: Dataset;
  parsed: { x: number; y: number };
}

function optionsOf(model: ChartModel, lines: readonly Line[]): object {
  return {
    animation: false,
    parsing: false,
    normalized: true,
    maintainAspectRatio: false,
    layout: { padding: { top: 16, right: WIDE_LABEL_PIXELS } },
    interaction: { mode: 'moment', intersect: false },
    plugins: {
      legend: { display: false },
      // They belong to charts over time.
      phases: false,
      events: false,
      tooltip: {
        animation: false,
        boxPadding: 4,
        usePointStyle: true,
        callbacks: {
          title: (items: Hovered[]) => `${shareOf(items[0]?.parsed.x ?? 1)} within`,
          label: ({ dataset, parsed }: Hovered) => `${dataset.label} ${full.format(parsed.y)} ms`,
        },
      },
    },
    scales: { x: shareAxis(lines), y: valueAxis(model, lines) },
  };
}

/** The lines of a stretch that a reader chose, at the shares they had. */
function linesOf({ lines }: ChartModel, selection: SelectionModel): Line[] {
  return lines.map((line) => {
    const times = selection.times(line.label);
    const shares = line.points.filter(([oneIn]) => times !== undefined && oneIn <= times.count);
    return {
      ...line,
      points: shares.map(([oneIn]): Point => [oneIn, times?.quantile(1 - 1 / oneIn) ?? null]),
    };
  });
}

function drawSpectrum(model: ChartModel): void {
  const canvas = document.getElementById(model.id);
  if (!(canvas instanceof HTMLCanvasElement)) return;
  let { lines } = model;
  const datasets = lines.map((line) => looks.dataset(line, false));
  const chart = new Chart(canvas, { type: 'line', data: { datasets }, options: optionsOf(model, lines) });
  const draw = (): void => {
    chart.data.datasets = lines.map((line) => looks.dataset(line, false));
    chart.options = optionsOf(model, lines);
    chart.resize();
    chart.update('none');
  };
  addEventListener('run-selection', (event) => {
    const selection = (event as CustomEvent<SelectionModel>).detail;
    lines = selection.isChosen ? linesOf(model, selection) : model.lines;
    draw();
  });
  addEventListener('beforeprint', draw);
  addEventListener('afterprint', draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}

const text = document.getElementById('run-charts')?.textContent ?? '{"seconds":1,"charts":[]}';
for (const model of (JSON.parse(text) as ChartsModel).charts) {
  if (model.axis === 'share') drawSpectrum(model);
}
