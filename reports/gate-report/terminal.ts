/** A gate on the terminal: the verdict and why, the metrics, whether it can be believed, and what to do next. */
import { styleText } from 'node:util';
import { alignColumns, formatThings, wrapText } from '../figures/index.ts';
import type { Recomputed } from '../gate/run/index.ts';
import {
  buildsSentence,
  furtherReasons,
  type GateReport,
  machineSentence,
  sparkline,
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

const WIDTH = 96;

const colours = { pass: 'green', regression: 'red', inconclusive: 'yellow', invalid: 'yellow' } as const;

/** What else the text says. */
interface GateTextOptions {
  /** Whether escape codes for colours may be written. Default false. */
  readonly colour?: boolean;
  /** Files the job left behind, named at the end. Default none. */
  readonly files?: readonly string[];
}

/** Formats a gate as text, ending in a line feed. */
export function formatGate(report: GateReport, { colour = false, files = [] }: GateTextOptions = {}): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const word = statusWord(report);
  const [first = '', ...more] = wrapText(report.sentence, WIDTH - word.length - 2);
  const blocks: [title: string, lines: string[]][] = [
    ['Compared', wrapText(`${report.scenario}: ${buildsSentence(report)}`, WIDTH - 2)],
    ['Metrics', alignColumns(metricRows(report))],
    ['Blocks, one bar each, upwards is worse', alignColumns(blockRows(report))],
    [
      'Validity',
      [...furtherReasons(report), validitySentence(report)].flatMap((text) => wrapText(text, WIDTH - 2)),
    ],
    ['Ledger', ledgerLines(report)],
    ['Host', wrapText(machineSentence(report), WIDTH - 2)],
    ['Next', Object.values(report.commands).filter((command) => command !== undefined)],
    ['Files', [...files]],
  ];
  const heading = [`${paint(['bold', colours[report.status]], word)}  ${first}`];
  heading.push(...more.map((line) => `${' '.repeat(word.length + 2)}${line}`));
  const texts = blocks
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [paint('bold', title), ...lines.map((line) => `  ${line}`)].join('\n'));
  return `${[heading.join('\n'), ...texts].join('\n\n')}\n`;
}

/** Says whether every number that a record holds follows from its blocks, and which does not. */
export function formatRecomputed({
  record,
  differences,
}: Pick<Recomputed, 'record' | 'differences'>): string {
  const { header, result } = record;
  const job = `${header.scenario} of ${header.startedAt}`;
  if (result === undefined)
    return `${job}: the record has no answer to compare with, this is what its blocks say.\n`;
  if (differences.length === 0) return `${job}: every number follows from the recorded blocks.\n`;
  const count = formatThings(differences.length, 'number');
  const verb = differences.length === 1 ? 'is' : 'are';
  return `${job}: ${count} of the record ${verb} not what the blocks say\n${differences.map((line) => `  ${line}\n`).join('')}`;
}

function metricRows({ rows }: GateReport): string[][] {
  if (rows.length === 0) return [];
  const head = ['', 'verdict', 'effect', 'bounds', 'detectable', 'p'];
  const body = rows.map((row) => [
    row.title,
    writeVerdict(row),
    writeEffect(row.metric, row.effect),
    writeBounds(row.metric, row),
    writeSize(row.metric, row.detectable),
    writeTest(row),
  ]);
  return [head, ...body];
}

function blockRows({ rows }: GateReport): string[][] {
  if (rows.length === 0) return [];
  const longest = Math.max(...rows.map(({ blocks }) => blocks));
  const body = rows.map((row) => [
    row.title,
    writeValue(row.metric, row.base),
    writeValue(row.metric, row.candidate),
    String(row.look),
    writeBlocks(row),
    sparkline(row.differences.slice(0, row.blocks)).padEnd(longest),
  ]);
  return [['', 'base', 'candidate', 'look', 'blocks'], ...body];
}

function ledgerLines({ ledger }: GateReport): string[] {
  if (ledger === undefined) return [];
  const head = ['equal builds', 'false alarms', 'last slowdown put in'];
  const lines = ledger.standings.map((each) => [each.metric, writeAlarms(each), writeInjected(each)]);
  return alignColumns([head, ...lines]);
}
