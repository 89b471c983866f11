/** The page of a comparison: ratios and what they are wanted to be, every round, and how each subject was set up. */
import type { PeerComparison } from '../../../loadgen/results/index.ts';
import { formatDecimal, formatInstant, formatSystem } from '../../figures/index.ts';
import {
  countTargets,
  notesOf,
  readingSentence,
  subjectSentence,
  targetSentence,
} from '../../peers/words/index.ts';
import { embedJson, html, type Insert, type Markup } from '../html.ts';
import { PAGE_POLICY, pageOf } from '../page.ts';
import { section } from '../sections.ts';
import { figureTable, ownTable, ratioTable } from './peers-tables.ts';
import { roundsChart } from './rounds-chart.ts';

/**
 * Builds the page as one HTML text that asks the network for nothing. It carries the comparison as JSON.
 *
 * @throws Error when the page's scripts were not built.
 */
export function buildPeersPage(comparison: PeerComparison): string {
  return pageOf({
    title: subjectSentence(comparison),
    policy: PAGE_POLICY,
    main: html`${heading(comparison)}${verdictPanel(comparison)}
${section('Ratios', ratioTable(comparison))}
${section('Notes', list(notesOf(comparison)))}
${section('Figures', figureTable(comparison))}
${section('Rounds', charts(comparison))}
${section('Of its own', ownTable(comparison))}
${section('Subjects', facts(comparison.subjects.map(({ name, setup }) => [name, setup])))}
${environment(comparison)}${repeat(comparison)}`,
    frame: { phases: [], marks: [] },
    charts: { seconds: 1, charts: [] },
    record: html`
${embedJson('peers-record', comparison)}`,
    scripts: ['tables'],
  });
}

function heading(comparison: PeerComparison): Markup {
  return html`
<header>
<p class="kind">Comparison in one run</p>
<h1>${subjectSentence(comparison)}</h1>
<p class="question">${readingSentence(comparison)}</p>
<p class="facts">${formatInstant(comparison.startedAt)}</p>
</header>`;
}

function verdictPanel(comparison: PeerComparison): Insert {
  const { all, met } = countTargets(comparison);
  if (all === 0) return false;
  const isMet = met === all;
  return html`
<section class="verdict ${isMet ? 'pass' : 'fail'}" aria-label="Targets">
<p class="word"><span aria-hidden="true">${isMet ? '✓' : '✗'}</span> ${met} of ${all}</p>
<div>
<p class="sentence">${targetSentence(comparison)}</p>
<p class="story">A target is met by the ratio of the medians; its interval says how sure that is.</p>
</div>
</section>`;
}

function charts({ rows, subjects }: PeerComparison): Insert {
  if (rows.length === 0) return false;
  const names = subjects.map(({ name }) => name);
  return html`
<p class="reading">A dot is a round, a bar the median. Rounds of all subjects were taken in turns.</p>
<div class="row wide">${rows.map((row) => roundsChart(row, names))}
</div>`;
}

function list(lines: readonly string[]): Insert {
  return (
    lines.length > 0 &&
    html`
<ul class="findings">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
  );
}

function facts(entries: readonly (readonly [name: string, value: string])[]): Insert {
  return html`
<dl class="facts">${entries.map(
    ([name, value]) => html`
<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}
</dl>`;
}

function environment({ host }: PeerComparison): Insert {
  return section(
    'Machine',
    facts([
      ['Machine', `${host.cpus} × ${host.model}, ${formatDecimal(host.memoryGB)} GB`],
      ['System', formatSystem(host)],
    ]),
  );
}

function repeat({ command }: PeerComparison): Insert {
  return section(
    'Run it again',
    command !== '' &&
      html`
<div class="code" data-copy><pre><code>${command}</code></pre></div>`,
  );
}
