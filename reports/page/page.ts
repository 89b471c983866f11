/** The report page: one file that holds its style, its scripts and its data, and asks the network for nothing. */
import { type Run, SLOTS_PER_DOUBLING } from '../../loadgen/results/index.ts';
import type { ChartsModel, FrameModel } from '../browser/index.ts';
import { buildFigures, type Figure, type Figures, runSeconds, spectrumFigure } from '../charts/index.ts';
import { EMBEDDED_ID, embedRun } from '../embedded/index.ts';
import { verdictWord } from '../figures/index.ts';
import { agentsTable } from './agents/index.ts';
import { readScript, readStyle } from './assets.ts';
import { readChartLibrary } from './chart-library.ts';
import { embedJson, html, type Insert, type Markup, script, trusted } from './html.ts';
import {
  chart,
  chartRow,
  environment,
  findingsList,
  heading,
  httpPart,
  keyFigures,
  repeat,
  rulesList,
  section,
  verdictPanel,
} from './sections.ts';
import { serversTable } from './servers/index.ts';
import {
  brokerTable,
  errorTable,
  eventTable,
  generatorTable,
  latencyTable,
  phaseTable,
  workerTable,
} from './tables.ts';
import { heatMap, timelinePart } from './timeline/index.ts';

/** Forbids the page, and whatever a target smuggled into its data, to fetch or send anything. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/** What answers for a stretch of the run. */
const SELECTION_SCRIPTS = ['selection/heat', 'selection/figures', 'selection/brush', 'selection/record'];

/** A page of more than 1 MB is none that people send each other; a little less leaves room for the markup around. */
const MOST_BYTES = 995_000;

/** What makes a page. */
interface PageParts {
  title: string;
  policy: string;
  main: Markup;
  frame: FrameModel;
  charts: ChartsModel;
  /** The run itself, for those pages that carry it. Default none. */
  record?: Markup;
  /** Compiled browser modules, in the order in which they must run. */
  scripts: readonly string[];
}

/**
 * Builds the page of a run as one HTML text of less than 1 MB.
 *
 * @throws Error when the page's scripts were not built.
 */
export function buildPage(run: Run): string {
  const figures = buildFigures(run);
  const finished = { timeline: timelinePart(run), spectrum: spectrumFigure(run) };
  const parts: PageParts = {
    title: `${run.header.scenario}: ${verdictWord(run.summary.verdict)}`,
    policy: PAGE_POLICY,
    main: html`${heading(run)}${verdictPanel(run.summary)}${content(run, figures, finished)}
${environment(run)}${repeat(run)}`,
    frame: frameModel(run, runSeconds(run)),
    charts: chartsModel({ ...figures, spectrum: finished.spectrum }, runSeconds(run)),
    // The record comes last: it tells the others what it holds.
    scripts: ['plugins', 'looks', 'charts', 'selection/spectrum', 'tables', ...SELECTION_SCRIPTS],
  };
  const room = MOST_BYTES - Buffer.byteLength(pageOf(parts));
  return pageOf({ ...parts, record: recordOf(run, room) });
}

/** The run as the page's own scripts and `scbench report` find it. */
function recordOf(run: Run, room: number): Markup {
  const { text, stretch } = embedRun(run, room);
  return html`
<script type="text/plain" id="${EMBEDDED_ID}" data-stretch="${stretch}" data-slots="${SLOTS_PER_DOUBLING}">${trusted(text)}</script>`;
}

/** What only a page has that carries its run. */
interface Finished {
  timeline: Insert;
  spectrum: Figure[];
}

/** What a run measured, section by section. */
export function content(run: Run, figures: Figures, finished?: Finished): Markup {
  const { summary } = run;
  const map = (name: 'response' | 'push'): Insert => finished !== undefined && heatMap(run, name);
  const spectrum = (finished?.spectrum ?? []).map(chart);
  return html`${findingsList(summary)}${rulesList(summary)}${keyFigures(summary)}${finished?.timeline ?? false}
${section('Phases', phaseTable(summary))}
${section('Load', figures.load.map(chart))}
${section('Errors', errorTable(summary), figures.errors.map(chart))}
${section('Latency', latencyTable(summary), figures.latency.map(chart), map('response'), spectrum)}
${section('Push', figures.push.map(chart), map('push'))}
${section('Recovery', figures.recovery.map(chart))}
${httpPart(summary)}
${section('Workers', serversTable(summary), workerTable(summary), chartRow(figures.workers))}
${section(between(summary), brokerTable(summary), chartRow(figures.balancers), chartRow(figures.brokers))}
${section('Load generator', agentsTable(summary), generatorTable(summary), chartRow(figures.generator))}
${section('Host', figures.host.map(chart))}
${section('Events', eventTable(run))}`;
}

/** Names the processes before and between the workers. */
function between({ balancers }: Run['summary']): string {
  return balancers.length > 0 ? 'Balancers and brokers' : 'Brokers';
}

/** What stands behind the lines of all charts, on a time axis of so many seconds. */
export function frameModel(run: Run, seconds: number): FrameModel {
  return {
    phases: run.header.phases
      .filter(({ start, end }) => start < Math.min(end, seconds))
      .map(({ name, start, end, measured }) => ({
        name,
        start,
        end: Math.min(end, seconds),
        measured: measured ?? name === 'steady',
      })),
    marks: run.events.map(({ second, kind }, index) => ({
      number: index + 1,
      second,
      isFault: kind === 'fault',
    })),
  };
}

/** All charts, on a time axis of so many seconds. */
export function chartsModel(figures: Figures & { spectrum?: Figure[] }, seconds: number): ChartsModel {
  const charts = Object.values(figures).flat();
  return { seconds, charts: charts.map(({ model }) => model) };
}

/** Puts a page together: one file that holds its style, its scripts and its data. */
export function pageOf({ title, policy, main, frame, charts, record, scripts }: PageParts): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${trusted(readStyle())}</style>
</head>
<body>
<main>${main}
</main>
${embedJson('run-frame', frame)}
${embedJson('run-charts', charts)}${record ?? false}
${script(readChartLibrary())}
${scripts.map((name) => script(readScript(name), html` type="module"`))}
</body>
</html>
`;
  return page.text;
}
