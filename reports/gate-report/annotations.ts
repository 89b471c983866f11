/** A gate as the lines that GitHub Actions turns into annotations of a pull request. */
import { type GateReport, statusWord, writeBounds, writeEffect, writeTest } from './figures/index.ts';

const commands = { pass: 'notice', regression: 'error', inconclusive: 'warning', invalid: 'error' } as const;

/** Formats the verdict, and each metric that is worse or was not settled, one line each. */
export function formatAnnotations(report: GateReport): string {
  const { scenario, status, sentence, commands: offered } = report;
  const hint = offered.profile === undefined ? '' : `\nWhere does the time go? ${offered.profile}`;
  const lines = [annotation(commands[status], `${statusWord(report)}: ${scenario}`, `${sentence}${hint}`)];
  for (const row of report.rows) {
    if (row.verdict !== 'regression' && row.verdict !== 'inconclusive') continue;
    const message = `${writeEffect(row.metric, row.effect)} (${writeBounds(row.metric, row)}), p ${writeTest(row)}`;
    lines.push(
      annotation(row.verdict === 'regression' ? 'error' : 'warning', `${row.title}: ${row.verdict}`, message),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Escapes as the runner reads it: a value ends at a line's end, a property also at a colon or comma. */
function annotation(command: string, title: string, message: string): string {
  const value = (text: string): string =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = value(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${command} title=${property}::${value(message)}`;
}
