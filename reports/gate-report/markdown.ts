/** A gate as Markdown: the comment that a pull request gets. */
import { ABSENT, formatShare } from '../figures/index.ts';
import { escapeCell } from '../markdown.ts';
import {
  buildsSentence,
  furtherReasons,
  type GateReport,
  machineSentence,
  type ReportRow,
  sparkline,
  statusSign,
  statusWord,
  validitySentence,
  writeAlarms,
  writeBlocks,
  writeBounds,
  writeEffect,
  writeInjected,
  writeSize,
  writeTest,
  writeValue,
  writeVerdict,
} from './figures/index.ts';

const HEAD = [
  'metric',
  'verdict',
  'effect (bounds)',
  'detectable',
  'base → candidate',
  'blocks',
  'look',
  'p and its limit',
  'differences',
];

/** Formats a gate as one screen of GitHub Markdown, the verdict first. */
export function formatGateMarkdown(report: GateReport): string {
  const { scenario, sentence } = report;
  const parts = [
    `## ${statusSign(report)} ${statusWord(report)}: ${escapeCell(sentence)}`,
    `Scenario \`${scenario}\`, ${escapeCell(buildsSentence(report))}.`,
    furtherReasons(report)
      .map((reason) => `- ${escapeCell(reason)}`)
      .join('\n'),
    table(HEAD, report.rows.map(cells)),
    report.rows.length > 0 ? legend(report) : '',
    profile(report),
    details('Is the measurement to be believed?', validity(report)),
    details('Repeat it', repeat(report)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function cells(row: ReportRow): string[] {
  const { metric } = row;
  return [
    escapeCell(row.title),
    writeVerdict(row),
    `${writeEffect(metric, row.effect)} (${writeBounds(metric, row)})`,
    writeSize(metric, row.detectable),
    `${writeValue(metric, row.base)} → ${writeValue(metric, row.candidate)}`,
    writeBlocks(row),
    String(row.look),
    writeTest(row),
    `\`${sparkline(row.differences.slice(0, row.blocks))}\``,
  ];
}

function legend({ level, looks }: GateReport): string {
  return (
    `More is worse. *Detectable* is what so many blocks find in four jobs of five. Differences: one bar a block, ` +
    `above the middle the candidate is worse. Equal builds end red in at most ${formatShare(level)} of jobs, ` +
    `over looks at ${looks.join(', ')} blocks and all gated metrics together.`
  );
}

function profile({ commands }: GateReport): string {
  if (commands.profile === undefined) return '';
  return `Where does the time go? \`${commands.profile}\``;
}

function validity(report: GateReport): string {
  return [validitySentence(report), standings(report)].filter((part) => part !== '').join('\n\n');
}

function standings({ ledger }: GateReport): string {
  if (ledger === undefined) return 'There is no ledger of jobs whose truth is known.';
  const rows = ledger.standings.map((standing) => [
    `${standing.metric}${standing.isQuarantined ? ' (quarantined)' : ''}`,
    writeAlarms(standing),
    standing.spread === undefined ? ABSENT : writeSize(standing.metric, standing.spread),
    escapeCell(writeInjected(standing)),
  ]);
  const head = ['equal builds', 'false alarms', 'spread of a block', 'last slowdown put in'];
  return `Ledger of ${escapeCell(ledger.runner)}:\n\n${table(head, rows)}`;
}

function repeat(report: GateReport): string {
  const { commands } = report;
  return `${escapeCell(machineSentence(report))}\n\n\`\`\`sh\n${commands.repeat}\n${commands.recompute}\n\`\`\``;
}

function details(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (each: readonly string[]): string => `| ${each.join(' | ')} |`;
  const ruler = head.map((_, column) => (column < 2 ? '---' : '---:'));
  return [line(head), line(ruler), ...rows.map(line)].join('\n');
}
