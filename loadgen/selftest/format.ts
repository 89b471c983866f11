/** A proof as text for a terminal. Pure. */
import { type Figure, quantileNames } from './cases/index.ts';
import type { Proof, Trial } from './prove.ts';

const GAP = '  ';

/** Columns to the left; all others are figures. */
const TITLES = 3;

/** Formats a proof: a line for each figure, then what holds exactly, then the others, then the verdict. */
export function formatProof(proof: Proof): string {
  const head = ['server', 'seed', '', 'analytic', 'server gave', 'measured', 'error', 'allowed', ''];
  const rows = proof.trials.flatMap(formatTrial);
  const checks = proof.checks.map(({ name, claim, found, ok }) => `${mark(ok)}  ${name}: ${claim}. ${found}`);
  const parts = [align([head, ...rows]), formatAllRemarks(proof), checks, formatRivals(proof)];
  const blocks = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${[...blocks, verdictOf(proof)].join('\n\n')}\n`;
}

function formatTrial({ title, seed, figures }: Trial): string[][] {
  return figures.map((figure, n) => [
    n === 0 ? title : '',
    n === 0 ? String(seed) : '',
    nameOf(figure),
    ...[figure.analytic, figure.given, figure.measured].map(milliseconds),
    signed(figure.measured - figure.analytic),
    milliseconds(figure.allowed),
    mark(figure.ok),
  ]);
}

function formatAllRemarks({ isAwake, trials }: Proof): string[] {
  const asleep = 'Idle processors halt here, which adds to every time: only root can keep them awake';
  return [...(isAwake ? [] : [asleep]), ...trials.flatMap(formatRemarks)];
}

function formatRemarks({ title, seed, attempts, remarks }: Trial): string[] {
  const repeated = attempts === 1 ? [] : [`measured ${attempts} times, because the machine was disturbed`];
  return [...repeated, ...remarks].map((remark) => `${title}, seed ${seed}: ${remark}`);
}

/** Beside each other what is known, what we measured first, and what others say. */
function formatRivals({ rivals, trials }: Proof): string[] {
  if (rivals.length === 0) return [];
  const head = ['server', '', '', ...quantileNames];
  const rows = [...new Set(rivals.map(({ name }) => name))].flatMap((name) => {
    const figures = trials.find((trial) => trial.name === name)?.figures ?? [];
    const others = rivals.filter((rival) => rival.name === name);
    const title = others[0]?.title ?? name;
    return [
      [title, 'analytic', '', ...known(figures, 'analytic')],
      ['', 'scbench', '', ...known(figures, 'measured')],
      ...others.map(({ tool, reported }) => [
        '',
        tool,
        '',
        ...quantileNames.map((quantile) => milliseconds(reported[quantile])),
      ]),
    ];
  });
  return align([head, ...rows]);
}

function known(figures: readonly Figure[], which: 'analytic' | 'measured'): string[] {
  return quantileNames.map((quantile) => {
    const figure = figures.find((each) => each.quantile === quantile && each.worker === null);
    return figure === undefined ? '-' : milliseconds(figure[which]);
  });
}

function verdictOf({ trials, checks, ok, isComplete }: Proof): string {
  const figures = trials.flatMap((trial) => trial.figures);
  const within = figures.filter((figure) => figure.ok).length;
  const holding = checks.filter((check) => check.ok).length;
  const counted = `${within} of ${figures.length} figures within max(1 ms, 2 %), ${holding} of ${checks.length} checks hold`;
  return `${ok ? 'PROVEN' : 'NOT PROVEN'}  ${counted}${isComplete ? '' : '; interrupted'}. All times in milliseconds.`;
}

function nameOf({ worker, quantile }: Figure): string {
  const name = quantile === 'p999' ? 'p99.9' : quantile;
  return worker === null ? name : `worker ${worker} ${name}`;
}

function mark(ok: boolean): string {
  return ok ? 'ok' : 'NO';
}

function milliseconds(value: number): string {
  return value.toFixed(2);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}

/** Makes columns: titles to the left, figures to the right. */
function align(lines: string[][]): string[] {
  const columns = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const place = (cell: string, column: number): string =>
    column < TITLES ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(place).join(GAP).trimEnd());
}
