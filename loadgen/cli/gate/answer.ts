/** A gate's answer for people: the verdict, a row for each metric, and where all of it is written down. */
import { type GateHeader, metrics, type Result, type Row } from '../../../reports/gate/index.ts';

const HEAD = ['metric', 'verdict', 'effect', 'bounds', 'detectable', 'blocks', 'base', 'candidate'];
const PER_CENT = 100;
const DIGITS = 4;

/** Writes the answer. */
export function formatAnswer({
  header,
  result,
  record,
}: {
  header: GateHeader;
  result: Result;
  record: string;
}): string {
  const { status, reasons, isFinished, blocks, disturbed } = result;
  const sides = [header.candidate, header.base].map(({ name, commit }) => {
    return commit === undefined ? name : `${name} (${commit.slice(0, 10)})`;
  });
  return [
    '',
    [status.toUpperCase(), ...(isFinished ? [] : ['(not finished)']), reasons.join('; ')]
      .join('  ')
      .trimEnd(),
    `${sides[0]} against ${sides[1]}, scenario ${header.scenario}, seed ${header.seed}`,
    `${blocks.measured} blocks, ${disturbed.disturbedPairs} of ${disturbed.pairs} pairs disturbed`,
    '',
    ...(result.rows.length === 0 ? [] : [...formatTable([HEAD, ...result.rows.map(cellsOf)]), '']),
    record,
    '',
  ].join('\n');
}

function cellsOf(row: Row): string[] {
  const { metric, verdict, effect, lower, upper, detectable, blocks, base, candidate } = row;
  const { title, unit } = metrics[metric];
  return [
    title,
    verdict ?? 'watched',
    percent(effect),
    `${percent(lower)} to ${percent(upper)}`,
    percent(detectable),
    String(blocks),
    ...[base, candidate].map((value) => `${Number(value.toPrecision(DIGITS))} ${unit}`.trimEnd()),
  ];
}

function percent(value: number | null): string {
  if (value === null) return '?';
  return `${value < 0 ? '−' : '+'}${Math.abs(value * PER_CENT).toFixed(1)} %`;
}

function formatTable(rows: readonly string[][]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
