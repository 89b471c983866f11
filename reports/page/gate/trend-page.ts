/** The page of a ledger: what changed and stayed, metric by metric. */
import { formatCount, formatInstant } from '../../figures/index.ts';
import { metrics } from '../../gate/metrics/index.ts';
import { writeChance, writeEffect } from '../../gate-report/figures/index.ts';
import { groupHistories, type History, type HistoryGroup, writeKind } from '../../gate-report/trend/index.ts';
import { embedJson, html, type Insert } from '../html.ts';
import { PAGE_POLICY, pageOf } from '../page.ts';
import { section } from '../sections.ts';
import { type Cell, cell, dataTable } from '../table.ts';
import { trendChart } from './trend-chart.ts';

/** Builds the page as one HTML text that asks the network for nothing. */
export function buildTrendPage(histories: readonly History[]): string {
  const groups = groupHistories(histories);
  return pageOf({
    title: 'scbench: trend',
    policy: PAGE_POLICY,
    main: html`
<header>
<p class="kind">Trend</p>
<h1>What changed and stayed</h1>
<p class="question">Each build against the one before, added up; upwards is worse. Equal builds ought to stay at nothing.
Full lines are changes that stayed, dashed ones went away again or hang on a single job.</p>
</header>${groups.map((group) =>
      section(
        group.title,
        html`
<ul class="findings">${sentences(group).map((finding) => html`<li>${finding}</li>`)}</ul>
<div class="row wide">${group.histories.map(trendChart)}
</div>`,
        metricTable(group),
        changeTable(group),
      ),
    )}
${groups.length === 0 && html`<p>The ledger holds no job that a trend could follow.</p>`}`,
    frame: { phases: [], marks: [] },
    charts: { seconds: 1, charts: [] },
    record: html`
${embedJson('gate-trend', histories)}`,
    scripts: ['tables'],
  });
}

function sentences({ findings }: HistoryGroup): readonly string[] {
  return findings.length > 0 ? findings : ['Nothing changed and stayed so.'];
}

function metricTable({ histories }: HistoryGroup): Insert {
  return dataTable({
    caption: 'Metrics',
    head: ['metric', 'jobs', 'now', 'changes', 'too few jobs to tell'],
    rows: histories.map(({ metric, points, changes, undecided }): Cell[] => {
      const level = points.at(-1)?.level ?? null;
      return [
        metrics[metric].title,
        cell(points.length, formatCount),
        { text: writeEffect(metric, level), value: level },
        cell(changes.length, formatCount),
        cell(undecided.length, formatCount),
      ];
    }),
  });
}

function changeTable({ histories }: HistoryGroup): Insert {
  return dataTable({
    caption: 'Changes',
    head: ['metric', 'first job', 'when', 'commit', 'change', 'p', 'what became of it'],
    words: [0, 2, 3, 6],
    rows: histories.flatMap(({ metric, points, changes }) =>
      changes.map((change): Cell[] => {
        const point = points[change.at];
        return [
          metrics[metric].title,
          cell(change.at + 1, formatCount),
          formatInstant(point?.at ?? ''),
          point?.commit ?? '',
          { text: writeEffect(metric, change.effect), value: change.effect },
          { text: writeChance(change.p), value: change.p },
          writeKind(change),
        ];
      }),
    ),
  });
}
