/** The page of all runs a folder holds: by scenario, with trends and a way to each report. */
import type { Summary } from '../../../loadgen/results/index.ts';
import {
  formatCount,
  formatDecimal,
  formatInstant,
  formatRate,
  formatThings,
  verdictWord,
} from '../../figures/index.ts';
import type { History, PastRun } from '../../history/index.ts';
import { html, type Insert } from '../html.ts';
import { PAGE_POLICY, pageOf } from '../page.ts';
import { section } from '../sections.ts';
import { type Cell, cell, dataTable } from '../table.ts';
import { trend } from './trend.ts';

/** What a scenario is followed by. */
interface Followed {
  title: string;
  unit: string;
  of(summary: Summary): number | null | undefined;
  write(value: number | null | undefined): string;
}

const followed: readonly Followed[] = [
  {
    title: 'Response or push p99',
    unit: 'ms',
    of: ({ latencyMs }) => (latencyMs.response ?? latencyMs.push)?.p99,
    write: formatDecimal,
  },
  {
    title: 'Messages a second',
    unit: '',
    of: ({ messages }) => (messages.sent > 0 ? messages.perSecond : messages.pushesPerSecond),
    write: formatRate,
  },
  {
    title: 'Server CPU a message',
    unit: 'µs',
    of: ({ target }) => target.cpuMicrosPerMessage,
    write: formatDecimal,
  },
];

/** Builds the page, to lie in the folder that holds the runs: its links lead into theirs. */
export function buildHistoryPage({ scenarios, unreadable }: History): string {
  const count = scenarios.reduce((sum, { runs }) => sum + runs.length, 0);
  return pageOf({
    title: `scbench: ${formatThings(count, 'run')}`,
    policy: PAGE_POLICY,
    main: html`
<header>
<p class="kind">All runs</p>
<h1>${formatThings(count, 'run')} of ${formatThings(scenarios.length, 'scenario')}</h1>
<p class="question">Dots passed, crosses failed, rings were spoilt by the generator or the host and say nothing about the target.</p>
</header>${scenarios.map(({ name, runs }) => section(name, trends(runs), runTable(runs)))}
${section('Not readable', unreadable.length > 0 && html`\n<p>${unreadable.join(', ')}</p>`)}`,
    frame: { phases: [], marks: [] },
    charts: { seconds: 1, charts: [] },
    scripts: ['tables'],
  });
}

function trends(runs: readonly PastRun[]): Insert {
  const drawn = followed.map(({ title, unit, of, write }) =>
    trend(
      title,
      unit,
      runs.map(({ summary }) => ({
        value: of(summary) ?? null,
        status: summary.verdict.status,
        words: `${formatInstant(summary.startedAt)}, ${verdictWord(summary.verdict)}: ${write(of(summary))} ${unit}`,
      })),
      write,
    ),
  );
  return drawn.some((each) => each !== false) && html`\n<div class="row">${drawn}\n</div>`;
}

function runTable(runs: readonly PastRun[]): Insert {
  return dataTable({
    caption: 'Runs, the last one first',
    head: [
      'started',
      'verdict',
      'users',
      'messages/s',
      'p50 ms',
      'p99 ms',
      'lost',
      'cores',
      'µs a message',
      'report',
    ],
    words: [0, 1, 9],
    rows: runs.toReversed().map(({ folder, summary }): Cell[] => {
      const { users, messages, latencyMs, target, verdict } = summary;
      const times = latencyMs.response ?? latencyMs.push;
      const lost = messages.lost + messages.timedOut + messages.pushLost;
      return [
        formatInstant(summary.startedAt),
        verdictWord(verdict),
        cell(users.peak, formatCount),
        cell(messages.sent > 0 ? messages.perSecond : messages.pushesPerSecond, formatRate),
        cell(times?.p50, formatDecimal),
        cell(times?.p99, formatDecimal),
        cell(lost, formatCount),
        cell(target.cpuCores, formatDecimal),
        cell(target.cpuMicrosPerMessage, formatDecimal),
        { text: folder, link: `${encodeURIComponent(folder)}/report.html` },
      ];
    }),
  });
}
