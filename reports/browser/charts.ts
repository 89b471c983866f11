/** Draws the page's charts from the embedded data, again when it was exchanged, in the colours of the theme. */
import type { Chart, ChartLibrary, Dataset, Hit } from './chart-library.ts';
import type { Looks } from './looks.ts';
import type { ChartModel, ChartsModel, Line } from './model.ts';

declare const Chart: ChartLibrary;
declare const looks: Looks;

/** Fixed, so that the time axes of charts above each other are in line. */
const WIDE_LABEL_PIXELS = 92;
const VALUE_AXIS_PIXELS = 44;

/** Steps of a time axis that people like to read, seconds. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200];
const LONGEST_STEP = 86_400;

const { clock, colour, dataset } = looks;
let model = readModel();
/** The stretch that is shown; all of it when none was chosen. */
let view: { from: number; to: number } | undefined;
let drawn: { chart: Chart; lines: Line[]; hair: HTMLElement }[] = [];
/** Charts out of sight, drawn one at a time once the page answers its reader. */
let waiting: ChartModel[] = [];

function readModel(): ChartsModel {
  const text = document.getElementById('run-charts')?.textContent ?? '{"seconds":1,"charts":[]}';
  return JSON.parse(text) as ChartsModel;
}

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
const full = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

function timeAxis(small: boolean): object {
  const most = small ? 3 : 10;
  const { from, to } = view ?? { from: 0, to: model.seconds };
  const step = TIME_STEPS.find((each) => (to - from) / each <= most) ?? LONGEST_STEP;
  const first = Math.ceil(from / step);
  const ticks = Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => ({
    value: (first + index) * step,
  }));
  return {
    type: 'linear',
    min: from,
    max: to,
    // The library's own steps would be even parts of the run's length, such as 30:10.
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = ticks;
    },
    border: { display: false },
    grid: { color: colour('var(--line)'), drawTicks: false, display: !small },
    ticks: {
      color: colour('var(--soft)'),
      maxRotation: 0,
      padding: 6,
      callback: (value: number) => clock(value),
    },
  };
}

function valueAxis({ scale, small }: ChartModel): object {
  return {
    type: scale,
    beginAtZero: scale === 'linear',
    afterFit: (axis: { width: number }) => {
      if (!small) axis.width = VALUE_AXIS_PIXELS;
    },
    grace: '4%',
    border: { display: false },
    grid: { color: colour('var(--line)'), drawTicks: false },
    ticks: {
      color: colour('var(--soft)'),
      padding: 6,
      maxTicksLimit: small ? 4 : scale === 'linear' ? 7 : 40,
      // A tick without a label has no grid line either: of a decade 1, 2 and 5 are enough.
      callback: (value: number) =>
        scale === 'linear' || /^[125]e/.test(value.toExponential()) ? short.format(value) : undefined,
    },
  };
}

function tooltip({ unit }: ChartModel): object {
  return {
    animation: false,
    boxPadding: 4,
    usePointStyle: true,
    itemSort: (one: { parsed: { y: number } }, other: { parsed: { y: number } }) =>
      other.parsed.y - one.parsed.y,
    callbacks: {
      title: (items: { parsed: { x: number } }[]) => clock(items[0]?.parsed.x ?? 0),
      label: (item: { dataset: Dataset; parsed: { y: number } }) =>
        `${item.dataset.label} ${full.format(item.parsed.y)}${unit === '' ? '' : ` ${unit}`}`,
    },
  };
}

/** Shows the moment under the pointer in all charts at once. */
function follow(_event: unknown, hits: Hit[], source: Chart): void {
  const [hit] = hits;
  const second = hit === undefined ? undefined : source.data.datasets[hit.datasetIndex]?.data[hit.index]?.x;
  for (const { chart, hair } of drawn) {
    hair.hidden = second === undefined;
    if (second === undefined) continue;
    hair.style.left = `${chart.scales.x.getPixelForValue(second)}px`;
    hair.style.top = `${chart.chartArea.top}px`;
    hair.style.height = `${chart.chartArea.bottom - chart.chartArea.top}px`;
  }
}

function optionsOf(chartModel: ChartModel): object {
  const { lines, small } = chartModel;
  const longest = Math.max(...lines.map(({ label }) => label.length));
  return {
    animation: false,
    parsing: false,
    normalized: true,
    maintainAspectRatio: false,
    layout: { padding: { top: small ? 6 : 16, right: small ? 20 + longest * 6.2 : WIDE_LABEL_PIXELS } },
    interaction: { mode: 'moment', intersect: false },
    onHover: follow,
    plugins: { legend: { display: false }, tooltip: tooltip(chartModel) },
    scales: { x: timeAxis(small), y: valueAxis(chartModel) },
  };
}

function draw(chartModel: ChartModel): void {
  const canvas = document.getElementById(chartModel.id);
  if (!(canvas instanceof HTMLCanvasElement)) return;
  const { lines, small } = chartModel;
  const hair = document.createElement('i');
  hair.className = 'hair';
  hair.hidden = true;
  canvas.after(hair);
  canvas.addEventListener('pointerleave', () => {
    for (const other of drawn) other.hair.hidden = true;
  });
  const datasets = lines.map((line) => dataset(line, small));
  const chart = new Chart(canvas, { type: 'line', data: { datasets }, options: optionsOf(chartModel) });
  drawn.push({ chart, lines, hair });
}

/** Draws the charts of the model, those that are there already in their places; new ones that may wait do. */
function drawAll(mayWait: (chartModel: ChartModel) => boolean = () => false): void {
  const gone = drawn.filter(({ chart }) => !chart.canvas.isConnected);
  drawn = drawn.filter((each) => !gone.includes(each));
  for (const { chart } of gone) chart.destroy();
  waiting = [];
  for (const chartModel of model.charts.filter(({ axis }) => axis !== 'share')) {
    const known = drawn.find(({ chart }) => chart.canvas.id === chartModel.id);
    if (known === undefined) {
      if (mayWait(chartModel)) waiting.push(chartModel);
      else draw(chartModel);
      continue;
    }
    known.lines = chartModel.lines;
    known.chart.data.datasets = chartModel.lines.map((line) => dataset(line, chartModel.small));
    known.chart.options = optionsOf(chartModel);
    known.chart.update('none');
  }
}

function isOutOfSight({ id }: ChartModel): boolean {
  const top = document.getElementById(id)?.getBoundingClientRect().top ?? 0;
  return top >= innerHeight;
}

/** Draws one of the charts that wait, and gives the page back to its reader before the next. */
function drawNext(): void {
  const [next, ...others] = waiting;
  if (next === undefined) {
    performance.mark('drawn');
    return;
  }
  waiting = others;
  draw(next);
  setTimeout(drawNext);
}

/** Draws what waits at once. */
function drawWaiting(): void {
  for (const chartModel of waiting) draw(chartModel);
  waiting = [];
}

function repaint(): void {
  for (const { chart, lines } of drawn) {
    chart.data.datasets.forEach((set, index) => {
      const line = lines[index];
      if (line !== undefined) looks.repaint(set, line);
    });
    for (const scale of Object.values(chart.options.scales)) {
      scale.grid.color = colour('var(--line)');
      scale.ticks.color = colour('var(--soft)');
    }
    chart.update('none');
  }
}

/** Paper is light, and as wide as it is: the charts must know before the browser takes their picture. */
function preparePrint(isPrinting: boolean): void {
  drawWaiting();
  document.documentElement.classList.toggle('printing', isPrinting);
  for (const { chart } of drawn) chart.resize();
  repaint();
}

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 11;
drawAll(isOutOfSight);
// Told when all scripts of the page have run.
addEventListener('DOMContentLoaded', () => setTimeout(drawNext));
addEventListener('run-data', () => {
  model = readModel();
  drawAll();
});
addEventListener('run-selection', (event) => {
  const { from, to, isChosen } = (event as CustomEvent<{ from: number; to: number; isChosen: boolean }>)
    .detail;
  if (!isChosen && view === undefined) return;
  view = isChosen ? { from, to } : undefined;
  drawAll();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
addEventListener('beforeprint', () => preparePrint(true));
addEventListener('afterprint', () => preparePrint(false));
