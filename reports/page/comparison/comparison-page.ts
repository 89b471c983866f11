/** One page for any number of runs: what they were, one table of differences, and their charts over each other. */
import type { Run, Second } from '../../../loadgen/results/index.ts';
import type { ChartModel, Line, Point } from '../../browser/index.ts';
import { type Figure, line, runSeconds, spectrumFigure } from '../../charts/index.ts';
import {
  type Comparison,
  intervalSentence,
  type Row,
  writeChange,
  writeOutcome,
  writeValue,
} from '../../compare/index.ts';
import { formatInstant, formatThings, verdictSentence, verdictWord } from '../../figures/index.ts';
import { html, type Insert } from '../html.ts';
import { frameModel, PAGE_POLICY, pageOf } from '../page.ts';
import { chart, section } from '../sections.ts';
import { type Cell, dataTable } from '../table.ts';

/** As many runs as there are looks that can be told apart; the table has all of them. */
const MOST_LINES = 8;

/** Draws one figure of every run over each other. */
interface Overlay {
  title: string;
  id: string;
  unit: string;
  of(second: Second): number | null | undefined;
}

const overlays: readonly Overlay[] = [
  {
    title: 'Response p50',
    id: 'compare-p50',
    unit: 'ms',
    of: ({ response, push }) => (response ?? push)?.p50,
  },
  {
    title: 'Response p99',
    id: 'compare-p99',
    unit: 'ms',
    of: ({ response, push }) => (response ?? push)?.p99,
  },
  {
    title: 'Messages per second',
    id: 'compare-rate',
    unit: '',
    of: ({ answered, pushed }) => answered + pushed,
  },
  {
    title: 'CPU of the server',
    id: 'compare-cpu',
    unit: 'cores',
    of: ({ probe }) => probe?.processes.reduce((sum, { cpuCores }) => sum + cpuCores, 0),
  },
  {
    title: 'Lateness p99 of the generator',
    id: 'compare-lateness',
    unit: 'ms',
    of: ({ lateness }) => lateness?.p99,
  },
];

/** Builds the page of a comparison as one HTML text. */
export function buildComparisonPage(comparison: Comparison): string {
  const { runs } = comparison;
  const [first] = runs;
  if (first === undefined) throw new RangeError('Cannot build a comparison of no runs: wanted two or more');
  const seconds = Math.max(...runs.map(({ run }) => runSeconds(run)));
  const figures = [...overlays.flatMap((overlay) => overlayFigure(runs, overlay)), ...spectra(runs)];
  const scenario = first.run.header.scenario;
  return pageOf({
    title: `${scenario}: ${formatThings(runs.length, 'run')} compared`,
    policy: PAGE_POLICY,
    main: html`
<header>
<p class="kind">Comparison</p>
<h1>${scenario}</h1>
<p class="question">${headline(comparison)}</p>
</header>
${section('Runs', runTable(comparison))}
${section('Differences', differenceTable(comparison), html`\n<p class="reading">${intervalSentence}</p>`)}
${section('Over time', figures.filter(({ model }) => model.axis !== 'share').map(chart))}
${section('Spectrum', figures.filter(({ model }) => model.axis === 'share').map(chart))}`,
    frame: { ...frameModel(first.run, seconds), marks: [] },
    charts: { seconds, charts: figures.map(({ model }) => model) },
    scripts: ['plugins', 'looks', 'charts', 'selection/spectrum', 'tables'],
  });
}

/** Says for each run what became better and what became worse. */
function headline({ runs, rows }: Comparison): string {
  const sentences = runs.slice(1).map(({ letter }, index) => {
    const named = (outcome: string): string[] =>
      rows.filter(({ others }) => others[index]?.outcome === outcome).map(({ subject }) => subject.name);
    const [worse, better] = [named('worse'), named('better')];
    if (worse.length + better.length === 0)
      return `${letter}: no difference from A that chance would not explain.`;
    const parts = [
      ...(worse.length > 0 ? [`worse in ${worse.join(', ')}`] : []),
      ...(better.length > 0 ? [`better in ${better.join(', ')}`] : []),
    ];
    return `${letter} against A: ${parts.join('; ')}.`;
  });
  return sentences.join(' ');
}

function runTable({ runs }: Comparison): Insert {
  return dataTable({
    caption: 'What is compared',
    head: ['run', 'verdict', 'started', 'seed', 'server', 'bench', 'record', 'in a sentence'],
    words: [0, 1, 2, 4, 5, 6, 7],
    rows: runs.map(({ run: { header, summary }, letter, source }): Cell[] => [
      letter,
      verdictWord(summary.verdict),
      formatInstant(summary.startedAt),
      { text: String(summary.seed), value: summary.seed },
      `${formatThings(header.target.workers, 'worker')}, ${formatThings(header.target.brokers, 'broker')}`,
      header.tool,
      source,
      verdictSentence(summary),
    ]),
  });
}

function differenceTable({ runs, rows }: Comparison): Insert {
  const others = runs.slice(1);
  return dataTable({
    caption: 'Every figure, and how it differs from run A',
    head: ['figure', 'A', ...others.flatMap(({ letter }) => [letter, `${letter} against A`, `${letter} is`])],
    words: [0, ...others.map((_, index) => 4 + index * 3)],
    rows: rows.map((row) => [
      row.subject.unit === '' ? row.subject.name : `${row.subject.name}, ${row.subject.unit}`,
      { text: writeValue(row.subject, row.reference), value: row.reference },
      ...differences(row),
    ]),
  });
}

function differences({ subject, others }: Row): Cell[] {
  return others.flatMap((each): Cell[] => [
    { text: writeValue(subject, each.value), value: each.value },
    { text: writeChange(each), value: each.change },
    writeOutcome(each),
  ]);
}

function overlayFigure(runs: Comparison['runs'], { title, id, unit, of }: Overlay): Figure[] {
  const lines = runs.slice(0, MOST_LINES).map(({ run, letter }, look): Line => {
    const points = run.timeline.map((second): Point => [second.second, of(second) ?? null]);
    return line(letter, { look, points });
  });
  return figureOf(title, { id, unit, scale: 'linear', small: false, lines });
}

/** The spectra of all runs: of what a user waited for. */
function spectra(runs: Comparison['runs']): Figure[] {
  const lines = runs.slice(0, MOST_LINES).flatMap(({ run, letter }, look): Line[] => {
    const spectrum = spectrumOf(run);
    return spectrum === undefined ? [] : [{ ...spectrum, label: letter, look }];
  });
  return figureOf('Percentile spectrum', {
    id: 'compare-spectrum',
    unit: 'ms',
    scale: 'logarithmic',
    axis: 'share',
    small: false,
    lines,
  });
}

function spectrumOf(run: Run): Line | undefined {
  return spectrumFigure(run)[0]?.model.lines.find(({ label }) => label === 'response' || label === 'push');
}

function figureOf(title: string, model: ChartModel): Figure[] {
  const lines = model.lines.filter(({ points }) => points.some(([, value]) => value !== null));
  if (lines.length === 0) return [];
  const description = `${title} of the runs ${lines.map(({ label }) => label).join(', ')}, over each other.`;
  return [{ title, description, model: { ...model, lines } }];
}
