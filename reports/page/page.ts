/** The report page: one file that holds its style, its scripts and its data, and asks the network for nothing. */
import type { Run } from '../../loadgen/results/index.ts';
import type { ChartsModel, FrameModel } from '../browser/index.ts';
import { buildFigures, type Figures, runSeconds } from '../charts/index.ts';
import { verdictWord } from '../figures/index.ts';
import { readAssets } from './assets.ts';
import { readChartLibrary } from './chart-library.ts';
import { embedJson, html, type Markup, script, trusted } from './html.ts';
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
import { brokerTable, eventTable, generatorTable, latencyTable, phaseTable, workerTable } from './tables.ts';

/** Forbids the page, and whatever a target smuggled into its data, to fetch or send anything. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * Builds the page of a run as one HTML text of less than 1 MB.
 *
 * @throws Error when the page's scripts were not built.
 */
export function buildPage(run: Run): string {
  const figures = buildFigures(run);
  const { style, scripts } = readAssets();
  const title = `${run.header.scenario}: ${verdictWord(run.summary.verdict)}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${trusted(style)}</style>
</head>
<body>
<main>${content(run, figures)}
</main>
${embedJson('run-frame', frameModel(run))}
${embedJson('run-charts', chartsModel(run, figures))}
${script(readChartLibrary())}
${scripts.map((source) => script(source, html` type="module"`))}
</body>
</html>
`;
  return page.text;
}

function content(run: Run, figures: Figures): Markup {
  const { summary } = run;
  return html`${heading(run)}${verdictPanel(summary)}${findingsList(summary)}${rulesList(summary)}${keyFigures(summary)}
${section('Phases', phaseTable(summary))}
${section('Load', figures.load.map(chart))}
${section('Latency', latencyTable(summary), figures.latency.map(chart))}
${section('Push', figures.push.map(chart))}
${section('Recovery', figures.recovery.map(chart))}
${httpPart(summary)}
${section('Workers', workerTable(summary), chartRow(figures.workers))}
${section('Brokers', brokerTable(summary), chartRow(figures.brokers))}
${section('Load generator', generatorTable(summary), chartRow(figures.generator))}
${section('Host', figures.host.map(chart))}
${section('Events', eventTable(run))}
${environment(run)}${repeat(run)}`;
}

function frameModel(run: Run): FrameModel {
  const seconds = runSeconds(run);
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

function chartsModel(run: Run, figures: Figures): ChartsModel {
  const charts = Object.values(figures).flat();
  return { seconds: runSeconds(run), charts: charts.map(({ model }) => model) };
}
