/** The page of a gate: the verdict, every metric with its blocks, and whether any of it can be believed. */
import { formatCount, formatInstant, formatShare, formatSystem } from '../../figures/index.ts';
import {
  buildsSentence,
  furtherReasons,
  type GateReport,
  statusSign,
  statusWord,
  validitySentence,
  writePlan,
} from '../../gate-report/figures/index.ts';
import { embedJson, html, type Insert, type Markup } from '../html.ts';
import { PAGE_POLICY, pageOf } from '../page.ts';
import { section } from '../sections.ts';
import { blocksChart } from './blocks-chart.ts';
import { blockTable, faultTable, ledgerTable, precisionTable, verdictTable } from './gate-tables.ts';

const classes = { pass: 'pass', regression: 'regressed', inconclusive: 'invalid', invalid: 'invalid' };

/** Builds the page as one HTML text that asks the network for nothing. */
export function buildGatePage(report: GateReport): string {
  return pageOf({
    title: `${report.scenario}: ${statusWord(report)}`,
    policy: PAGE_POLICY,
    main: html`${heading(report)}${verdictPanel(report)}
${section('Metrics', verdictTable(report), report.rows.length > 0 && html`\n<p class="reading">${reading(report)}</p>`)}
${section('Blocks', charts(report), blockTable(report))}
${section('Precision', precisionTable(report))}
${section('Validity', faultTable(report))}
${section('Ledger', ledgerTable(report))}
${environment(report)}${repeat(report)}`,
    frame: { phases: [], marks: [] },
    charts: { seconds: 1, charts: [] },
    record: html`
${embedJson('gate-report', report)}`,
    scripts: ['tables'],
  });
}

function heading(report: GateReport): Markup {
  const { scenario, startedAt, seed, attempt, blocks, isFinished } = report;
  const end = isFinished ? '' : ', ended early';
  return html`
<header>
<p class="kind">Regression gate</p>
<h1>${scenario}</h1>
<p class="question">Is the candidate worse? ${sentenceCase(buildsSentence(report))}.</p>
<p class="facts">${formatInstant(startedAt)}, ${formatCount(blocks.measured)} blocks${end}, attempt ${attempt}, seed ${seed}</p>
</header>`;
}

function sentenceCase(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function verdictPanel(report: GateReport): Markup {
  const { status, sentence, commands } = report;
  const others = furtherReasons(report);
  return html`
<section class="verdict ${classes[status]}" aria-label="Verdict">
<p class="word"><span aria-hidden="true">${statusSign(report)}</span> ${statusWord(report)}</p>
<div>
<p class="sentence">${sentence}</p>${
    others.length > 0 &&
    html`
<ul class="reasons">${others.map((reason) => html`<li>${reason}</li>`)}</ul>`
  }
<p class="story">${validitySentence(report)}</p>${
    commands.profile !== undefined &&
    html`
<p class="story">Where does the time go? <code>${commands.profile}</code></p>`
  }
</div>
</section>`;
}

function reading({ level, looks }: GateReport): string {
  return (
    'Bounds and test are exact and need no law of noise. Detectable is what so many blocks find in four jobs of five. ' +
    `Equal builds end red in at most ${formatShare(level)} of jobs, over looks after ${looks.join(', ')} blocks and all ` +
    'gated metrics together; watched metrics fail nothing.'
  );
}

function charts(report: GateReport): Insert {
  if (report.rows.length === 0) return false;
  return html`
<p class="reading">A mark is a block: upwards the candidate is worse. Squares had pairs of windows measured again, hollow
marks came after the answer. The bars are the bounds as each look saw them. Dashes: the least that matters; dots: the
margin.</p>
<div class="row wide">${report.rows.map((row) => blocksChart(row, report))}
</div>`;
}

function environment(report: GateReport): Insert {
  const { host, offeredPerSecond, stallLimitMs, length, seed } = report;
  const facts: [name: string, value: string][] = [
    ['Host', `${host.cpus} × ${host.model}`],
    ['System', formatSystem(host)],
    ['Offered', `${formatCount(offeredPerSecond)} messages a second`],
    ['A stall', `a slice with a p99 above ${stallLimitMs.toFixed(1)} ms`],
    ['Blocks', `${length === 'long' ? 'eight' : 'four'} windows of each kind, ${writePlan(report)}`],
    ['Seed', seed],
  ];
  return section(
    'Environment',
    html`
<dl class="facts">${facts.map(
      ([name, value]) => html`
<div><dt>${name}</dt><dd>${value}</dd></div>`,
    )}
</dl>`,
  );
}

function repeat({ commands }: GateReport): Insert {
  const lines = [commands.repeat, commands.recompute, commands.profile ?? ''].filter((line) => line !== '');
  return section(
    'Run it again',
    lines.map(
      (line) => html`
<div class="code" data-copy><pre><code>${line}</code></pre></div>`,
    ),
  );
}
