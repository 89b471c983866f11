/**
 * Fills the tables anew for the stretch of the run that a reader chose, and puts back what stood there when the
 * choice is taken back. A cell says what it shows: kind of thing, which one, and which of its figures.
 */
import type { LoadModel, ProcessModel, SecondModel, SelectionModel } from './model.ts';

type Figure = number | null | undefined;

const MEGABYTE = 1_000_000;
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const quantiles: Record<string, number> = { p50: 0.5, p90: 0.9, p99: 0.99, p999: 0.999 };

function mean(values: readonly number[]): Figure {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function highest(values: readonly number[]): Figure {
  return values.length === 0 ? null : Math.max(...values);
}

/** The mean over a stretch in which a second may stand for several. */
function perSecond(seconds: readonly SecondModel[], of: (second: SecondModel) => number): number {
  const length = seconds.reduce((sum, second) => sum + (second.seconds ?? 1), 0);
  return seconds.reduce((sum, second) => sum + of(second) * (second.seconds ?? 1), 0) / Math.max(1, length);
}

function timeFigure(name: string, metric: string, selection: SelectionModel): Figure {
  const times = name.startsWith('worker ') ? selection.workerTimes(name.slice(7)) : selection.times(name);
  if (times === undefined) return null;
  const share = quantiles[metric];
  if (share !== undefined) return times.quantile(share);
  return metric === 'max' ? times.max : times.mean;
}

/** As the tables name it: its number, after its host where there are several. */
function nameOf({ id, host }: ProcessModel): string {
  return host === undefined ? String(id) : `${host}/${id}`;
}

function processFigure(
  of: (process: ProcessModel) => boolean,
  metric: string,
  selection: SelectionModel,
): Figure {
  const probed = selection.seconds.flatMap(({ probe }) => probe?.processes.filter(of) ?? []);
  if (metric === 'cpuCores') return mean(probed.map(({ cpuCores }) => cpuCores));
  if (metric === 'rssMB') return highest(probed.map(({ rssBytes }) => rssBytes / MEGABYTE));
  if (metric === 'eventLoopP99Ms') return highest(probed.map(({ eventLoopP99Ms }) => eventLoopP99Ms));
  if (metric === 'gcMsPerSecond') return mean(probed.map(({ gcMsPerSecond }) => gcMsPerSecond));
  return mean(probed.map(({ messagesInPerSecond }) => messagesInPerSecond));
}

function targetFigure(metric: string, { seconds }: SelectionModel): Figure {
  const probes = seconds.flatMap(({ probe }) =>
    probe === null || probe.processes.length === 0 ? [] : [probe],
  );
  const sums = probes.map(({ processes }) =>
    processes.reduce((sum, each) => sum + (metric === 'rssMB' ? each.rssBytes / MEGABYTE : each.cpuCores), 0),
  );
  return metric === 'rssMB' ? highest(sums) : mean(sums);
}

function workerFigure(id: string, metric: string, selection: SelectionModel): Figure {
  const { seconds } = selection;
  const find = (second: SecondModel | undefined) => second?.workers.find(({ worker }) => worker === id);
  if (metric in quantiles) return timeFigure(`worker ${id}`, metric, selection);
  if (metric === 'connections') return find(seconds.at(-1))?.open ?? 0;
  if (metric === 'peakConnections') return highest(seconds.map((second) => find(second)?.open ?? 0));
  if (metric === 'messagesPerSecond') {
    return perSecond(seconds, (second) => (find(second)?.answered ?? 0) + (find(second)?.pushed ?? 0));
  }
  return processFigure((process) => process.role === 'worker' && nameOf(process) === id, metric, selection);
}

function loadFigure(id: string, metric: string, { seconds }: SelectionModel): Figure {
  const own = seconds.flatMap(({ generator }) =>
    generator.processes.filter((each) => String(each.id) === id),
  );
  const of = (name: keyof LoadModel): number[] => own.map((each) => each[name]);
  if (metric === 'users') return own.at(-1)?.users ?? 0;
  if (metric === 'rssMB') return highest(of('rssMB'));
  return mean(of(metric === 'loopUtilisation' ? 'loopUtilisation' : 'cpuCores'));
}

function generatorFigure(metric: string, selection: SelectionModel): Figure {
  const processes = selection.seconds.flatMap(({ generator }) => generator.processes);
  const ids = new Set(processes.map(({ id }) => String(id)));
  return [...ids].reduce((sum, id) => sum + (loadFigure(id, metric, selection) ?? 0), 0);
}

/** What happened in the stretch: counts so far are told as differences, all others are added up. */
function errorFigure(id: string, { seconds, before }: SelectionModel): Figure {
  const [kind = '', ...rest] = id.split('/');
  const name = rest.join('/');
  if (kind === 'counted' || kind === 'thrown') {
    const inSecond = (second: SecondModel) =>
      Number((kind === 'thrown' ? second.thrown : second)?.[name] ?? 0);
    return seconds.reduce((sum, second) => sum + inSecond(second) * (second.seconds ?? 1), 0);
  }
  const of = (second: SecondModel | undefined): number =>
    (kind === 'failed' ? second?.failedSoFar[name] : second?.droppedSoFar[name]) ?? 0;
  return of(seconds.at(-1) ?? before) - of(before);
}

function figureOf(address: string, selection: SelectionModel): Figure {
  const [group = '', name = '', metric = ''] = address.split(' ');
  const id = decodeURIComponent(name);
  if (group === 'time') return timeFigure(id, metric, selection);
  if (group === 'worker') return workerFigure(id, metric, selection);
  if (group === 'load') {
    return id === 'all' ? generatorFigure(metric, selection) : loadFigure(id, metric, selection);
  }
  if (group === 'error') return errorFigure(id, selection);
  if (id === 'all') return targetFigure(metric, selection);
  return processFigure((process) => `${process.role} ${nameOf(process)}` === id, metric, selection);
}

function write(value: Figure, style: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (style === 'count') return whole.format(value);
  if (style === 'share') return `${(value * 100).toFixed(1)} %`;
  if (style === 'rate') return value >= 100 ? whole.format(value) : value.toFixed(1);
  if (value >= 1_000) return whole.format(value);
  return value.toFixed(value >= 100 ? 1 : 2);
}

const styles: Record<string, string> = {
  connections: 'count',
  peakConnections: 'count',
  users: 'count',
  rssMB: 'count',
  count: 'count',
  messagesPerSecond: 'rate',
  loopUtilisation: 'share',
};

const cells = [...document.querySelectorAll<HTMLElement>('[data-figure]')].map((cell) => {
  const address = cell.dataset['figure'] ?? '';
  const style = styles[address.split(' ')[2] ?? ''] ?? 'decimal';
  return { cell, address, style, text: cell.textContent ?? '', value: cell.dataset['value'] ?? '' };
});
const spans = [...document.querySelectorAll<HTMLElement>('[data-span]')].map((span) => ({
  span,
  text: span.textContent ?? '',
}));

function showEvents({ from, to, isChosen }: SelectionModel): void {
  for (const row of document.querySelectorAll<HTMLTableRowElement>('[data-group="event"] tbody tr')) {
    const second = Number(row.cells[1]?.dataset['value']);
    row.hidden = isChosen && (second < from || second >= to);
  }
}

addEventListener('run-selection', (event) => {
  const selection = (event as CustomEvent<SelectionModel>).detail;
  for (const { cell, address, style, text, value } of cells) {
    const figure = selection.isChosen ? figureOf(address, selection) : undefined;
    cell.textContent = selection.isChosen ? write(figure, style) : text;
    cell.dataset['value'] = selection.isChosen ? String(figure ?? '') : value;
  }
  const words = document.querySelector('[data-range]')?.textContent ?? '';
  for (const { span, text } of spans) span.textContent = selection.isChosen ? `from ${words}` : text;
  showEvents(selection);
});
