/** The page of a run that goes on: the same charts as in its report, told anew once a second. */
import type { Run } from '../../loadgen/results/index.ts';
import type { LiveModel } from '../browser/index.ts';
import { buildFigures } from '../charts/index.ts';
import { formatClock, formatThings, ruleValue, runLength } from '../figures/index.ts';
import { type Standing, standingOf } from '../live/index.ts';
import { html, type Insert, type Markup } from './html.ts';
import { chartsModel, content, frameModel, pageOf } from './page.ts';
import { heading, verdictPanel } from './sections.ts';

/** As strict as the report's own, but for the one place the page is told from. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'";

/** Builds the page as it is before anything is known of the run. */
export function buildLivePage(): string {
  return pageOf({
    title: 'scbench: live',
    policy: POLICY,
    main: html`
<header>
<p class="kind">Live</p>
<h1>The run begins …</h1>
</header>`,
    frame: { phases: [], marks: [] },
    charts: { seconds: 1, charts: [] },
    scripts: ['plugins', 'looks', 'charts', 'live'],
  });
}

/** What the page is to show of a run that goes on. Its charts are as wide as the whole plan. */
export function liveModel(run: Run): LiveModel {
  const seconds = run.header.phases.at(-1)?.end ?? 1;
  const standing = standingOf(run);
  // The list of rules has only two states; those without a figure would stand there as broken.
  const rules = [...standing.failing, ...standing.holding];
  const shown = { ...run, summary: { ...run.summary, rules } };
  const figures = buildFigures(shown);
  return {
    main: html`${liveHeading(run)}${standingPanel(run, standing)}${content(shown, figures)}`.text,
    frame: frameModel(run, seconds),
    charts: chartsModel(figures, seconds),
  };
}

/** What the page is to show when the run is over: the verdict, and a way to the finished report. */
export function lastModel(run: Run, report: string): LiveModel {
  const figures = buildFigures(run);
  const seconds = (run.timeline.at(-1)?.second ?? 0) + 1;
  const main = html`${heading(run)}${verdictPanel(run.summary)}
<p class="finished"><a data-report target="_blank">Open the finished report</a></p>${content(run, figures)}`;
  return { main: main.text, frame: frameModel(run, seconds), charts: chartsModel(figures, seconds), report };
}

function liveHeading({ header, timeline }: Run): Markup {
  const elapsed = (timeline.at(-1)?.second ?? -1) + 1;
  const length = runLength(header, elapsed);
  return html`
<header>
<p class="kind">Live</p>
<h1>${header.scenario}</h1>
<p class="question">${header.question}</p>
<p class="facts">${formatClock(elapsed)} of ${formatClock(length)}, seed ${header.seed}</p>
</header>`;
}

function standingPanel({ header, timeline }: Run, standing: Standing): Markup {
  const last = timeline.at(-1);
  const phase = header.phases.find(({ name }) => name === last?.phase);
  const left = phase === undefined || last === undefined ? 0 : phase.end - last.second - 1;
  const { failing, holding, pending } = standing;
  return html`
<section class="verdict ${failing.length > 0 ? 'fail' : 'running'}" aria-label="Verdict so far">
<p class="word"><span aria-hidden="true">●</span> RUNNING</p>
<div>
<p class="sentence">${phase === undefined ? 'Waiting for the first second' : `${phase.name}, ${formatClock(left)} left`}</p>${reasons(standing)}
<p class="story">${formatThings(failing.length, 'rule')} would fail now, ${holding.length} would hold, ${pending.length} have nothing to be held against yet.</p>
</div>
</section>`;
}

function reasons({ failing }: Standing): Insert {
  return (
    failing.length > 0 &&
    html`
<ul class="reasons">${failing.map(
      (result) => html`
<li><code>${result.rule}</code> ${ruleValue(result)}</li>`,
    )}
</ul>`
  );
}
