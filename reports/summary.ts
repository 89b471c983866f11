/**
 * The summary a run ends with on the terminal. Most important first: the verdict and why, the rules, what
 * became of the users, latency, throughput, the target process by process, the generator's own health.
 */
import { styleText } from 'node:util';
import type { Summary } from '../loadgen/results/index.ts';
import {
  alignColumns,
  formatCauses,
  formatClock,
  formatCount,
  formatDecimal,
  formatRate,
  formatShare,
  httpSentence,
  namedTimes,
  type Row,
  ruleMark,
  ruleValue,
  ruleWord,
  totalOf,
  verdictSentence,
  verdictWord,
  wrapText,
} from './figures/index.ts';
import { generatorLines, phaseLines, serverLines, workerLines } from './summary-tables.ts';

const ruleColours = { holds: 'green', fails: 'red', 'not judged': 'yellow' } as const;

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

export interface SummaryOptions {
  /** Whether escape codes for colours may be written. Default false. */
  colour?: boolean;
  /** Files the run left behind, named at the end. Default none. */
  files?: readonly string[];
}

const WIDTH = 96;

/** Formats a run's summary as text of at most about 96 columns, ending in a line feed. */
export function formatSummary(summary: Summary, { colour = false, files = [] }: SummaryOptions = {}): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const blocks = [
    verdict(summary, paint),
    block('Findings', findings(summary), paint),
    block('Rules', rules(summary, paint), paint),
    block('Users', users(summary), paint),
    block('Latency, ms', latency(summary), paint),
    block('Throughput', throughput(summary), paint),
    block('HTTP', wrapText(httpSentence(summary) ?? '', WIDTH - 2), paint),
    block('Phases', phaseLines(summary), paint),
    block('Workers', workerLines(summary), paint),
    block('Server', serverLines(summary), paint),
    block('Generator', generatorLines(summary), paint),
    block('Files', [...files], paint),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Tells whether colours may be written to a stream: only to a terminal, and never against NO_COLOR. */
export function mayColour(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  const refused = environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '';
  return stream.isTTY === true && !refused && environment['TERM'] !== 'dumb';
}

function block(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint('bold', title), ...lines.map((line) => `  ${line}`)];
}

function verdict(summary: Summary, paint: Paint): string[] {
  const { status, reasons } = summary.verdict;
  const styles = { pass: 'green', fail: 'red', regressed: 'red', invalid: 'yellow' } as const;
  const word = verdictWord(summary.verdict);
  const sentence = verdictSentence(summary);
  const [first = '', ...more] = wrapText(sentence, WIDTH - word.length - 2);
  const indent = ' '.repeat(word.length + 2);
  const others = reasons.filter((reason) => !sentence.includes(reason));
  return [
    `${paint([styles[status], 'bold'], word)}  ${first}`,
    ...more.map((line) => indent + line),
    ...others
      .flatMap((reason) => wrapText(`- ${reason}`, WIDTH - indent.length))
      .map((line) => indent + line),
  ];
}

function rules(summary: Summary, paint: Paint): string[] {
  const lines = alignColumns(
    summary.rules.map((result) => [
      result.rule,
      result.ok === null ? `${ruleValue(result)} (${ruleWord(result)})` : ruleValue(result),
    ]),
  );
  return lines.map((line, index) => {
    const result = summary.rules[index];
    return result === undefined ? line : `${paint(ruleColours[ruleWord(result)], ruleMark(result))} ${line}`;
  });
}

function findings({ findings: found = [] }: Summary): string[] {
  return found.flatMap((sentence) => wrapText(`- ${sentence}`, WIDTH - 2));
}

function users({ users: { target, peak, failed, dropped, left, returned }, balance }: Summary): string[] {
  const line = (name: string, causes: Record<string, number>): string => {
    const total = totalOf(causes);
    return `${name} ${formatCount(total)}${total > 0 ? ` (${formatCauses(causes)})` : ''}`;
  };
  return wrapText(
    [
      `target ${formatCount(target)},`,
      `open at the peak ${formatCount(peak)},`,
      `${line('failed', failed)},`,
      `${line('dropped', dropped)}${left + returned > 0 ? ',' : ';'}`,
      ...(left + returned > 0 ? [`left ${formatCount(left)}, returned ${formatCount(returned)};`] : []),
      `busiest worker ${formatDecimal(balance.connections)} times the mean`,
    ].join(' '),
    WIDTH - 2,
  );
}

function latency(summary: Summary): string[] {
  const rows = namedTimes(summary).map(({ name, meaning, quantiles }): Row => {
    const { p50, p90, p99, p999, max } = quantiles;
    return [`${name.padEnd(8)}  ${meaning}`, ...[p50, p90, p99, p999, max].map(formatDecimal)];
  });
  return alignColumns([['', '     p50', '     p90', '     p99', '   p99.9', '     max'], ...rows]);
}

function throughput({ messages, schedule, seconds }: Summary): string[] {
  const planned = plannedOf({ messages, schedule });
  const { sent, received, timedOut, lost, inFlight, duplicated, reordered, errors, unsent } = messages;
  const { published, pushed, pushLost, pushDuplicated, pushReordered, pushUnasked } = messages;
  const roundTrips = [
    `${formatRate(messages.perSecond)} round trips/s${planned}`,
    `${formatCount(sent)} sent, ${formatCount(received)} answered, ${formatCount(timedOut)} timed out, ` +
      `${formatCount(lost)} lost, ${formatCount(inFlight)} in flight`,
    `${formatCount(duplicated)} duplicated, ${formatCount(reordered)} reordered` +
      (errors > 0 ? `, ${formatCount(errors)} answered with an error` : ''),
  ];
  const publications = [
    `${formatRate(messages.pushesPerSecond)} deliveries/s${sent > 0 ? '' : planned}`,
    `${formatCount(published)} published, ${formatCount(pushed)} delivered, ${formatCount(pushLost)} lost, ` +
      `${formatCount(pushDuplicated)} twice, ${formatCount(pushReordered)} out of order` +
      (pushUnasked > 0 ? `, ${formatCount(pushUnasked)} unasked` : ''),
  ];
  return [
    ...(sent > 0 ? roundTrips : []),
    ...(published > 0 ? publications : []),
    `${formatCount(unsent)} never sent, in ${formatClock(seconds)}`,
  ];
}

/** Round trips are the plan where everything planned is answered. Otherwise what was sent of it is another figure. */
function plannedOf({ messages, schedule }: Pick<Summary, 'messages' | 'schedule'>): string {
  if (schedule.perSecond === 0) return '';
  const [share, rate] = [formatShare(schedule.ratio), formatRate(schedule.perSecond)];
  if (messages.sent === 0) return `; of ${rate} publications/s planned ${share} were made`;
  const isSame = formatRate(messages.perSecond) === formatRate(schedule.ratio * schedule.perSecond);
  if (isSame) return `, ${share} of the ${rate} planned`;
  return `; of ${rate} messages/s planned ${share} were sent`;
}
