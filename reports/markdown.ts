/** The summary as Markdown, for a pull request or the page a build server shows beside a job. */
import type { Summary } from '../loadgen/results/index.ts';
import {
  comparedPhases,
  formatCount,
  formatDecimal,
  formatInstant,
  formatRate,
  formatShare,
  httpSentence,
  namedTimes,
  phaseFlow,
  ruleMark,
  ruleValue,
  ruleWord,
  story,
  verdictSentence,
  verdictWord,
} from './figures/index.ts';

/** Formats a run as one screen of GitHub Markdown. */
export function formatMarkdown(summary: Summary): string {
  const { scenario, seed, startedAt, verdict } = summary;
  const parts = [
    `## ${escapeCell(scenario)}: ${verdictWord(verdict)}`,
    escapeCell(verdictSentence(summary)),
    verdict.reasons
      .slice(1)
      .map((reason) => `- ${escapeCell(reason)}`)
      .join('\n'),
    story(summary).map(escapeCell).join(' '),
    (summary.findings ?? []).map((finding) => `- ${escapeCell(finding)}`).join('\n'),
    rules(summary),
    latency(summary),
    escapeCell(httpSentence(summary) ?? '').replace(/^(?=.)/, 'HTTP: '),
    phases(summary),
    workers(summary),
    `Seed ${seed}, started ${formatInstant(startedAt)}.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Escapes text so that Markdown shows it as it is, inside tables as well. */
export function escapeCell(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]|~]/g, '\\$&')
    .replaceAll('<', '&lt;');
}

function rules(summary: Summary): string {
  return table(
    ['', 'rule', 'value'],
    summary.rules.map((result) => [
      `${ruleMark(result)} ${ruleWord(result)}`,
      escapeCell(result.rule),
      ruleValue(result),
    ]),
  );
}

function latency(summary: Summary): string {
  const rows = namedTimes(summary).map(({ name, quantiles: { p50, p90, p99, p999, max } }) => [
    name,
    ...[p50, p90, p99, p999, max].map(formatDecimal),
  ]);
  return table(['ms', 'p50', 'p90', 'p99', 'p99.9', 'max'], rows);
}

function phases(summary: Summary): string {
  const rows = comparedPhases(summary).map((phase) => {
    const { perSecond, ofPlan, p50, p99, lost } = phaseFlow(phase);
    return [
      escapeCell(phase.id),
      formatCount(phase.users.peak),
      formatRate(perSecond),
      formatShare(ofPlan),
      formatDecimal(p50),
      formatDecimal(p99),
      formatCount(lost),
      formatCount(phase.messages.errors),
    ];
  });
  return table(['phase', 'users', 'messages/s', 'of plan', 'p50 ms', 'p99 ms', 'lost', 'errors'], rows);
}

function workers(summary: Summary): string {
  return table(
    ['worker', 'connections', 'messages/s', 'p50 ms', 'p99 ms', 'cores', 'MB'],
    summary.workers.map((worker) => [
      escapeCell(worker.id),
      formatCount(worker.connections),
      formatRate(worker.messagesPerSecond),
      formatDecimal((worker.response ?? worker.push)?.p50),
      formatDecimal((worker.response ?? worker.push)?.p99),
      formatDecimal(worker.cpuCores),
      formatCount(worker.rssMB),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const ruler = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(ruler), ...rows.map(line)].join('\n');
}
