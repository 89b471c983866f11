/** How a comparison is written, the same on terminal and page. */
import { ABSENT, alignColumns, formatCount, formatDecimal, formatRate, wrapText } from '../figures/index.ts';
import { BLOCK_SECONDS } from './blocks.ts';
import { CONFIDENCE, LEAST_BLOCKS } from './bootstrap.ts';
import type { Compared, Comparison, Outcome } from './compare.ts';
import type { Subject } from './subjects.ts';

/** Columns of a terminal that everybody has. */
const WIDTH = 96;

const signs: Record<Outcome, string> = {
  better: '▲ better',
  worse: '▼ worse',
  changed: '● changed',
  unclear: '',
  same: '=',
  incomparable: 'not comparable',
};

/** What the intervals are, in a sentence for whoever reads them. */
export const intervalSentence =
  `In brackets: the ${CONFIDENCE * 100} % interval of the difference, from a bootstrap over blocks of ${BLOCK_SECONDS} seconds ` +
  `of the measured phases (at least ${LEAST_BLOCKS} of them). It covers chance within these runs, not between one start ` +
  'of the processes and the next: for that, scbench gate runs both in turns. One interval in twenty misses by chance.';

/** Writes a figure in the style of its subject. */
export function writeValue({ style }: Subject, value: number | null): string {
  if (style === 'count') return formatCount(value);
  return style === 'rate' ? formatRate(value) : formatDecimal(value);
}

/** Writes a difference with its interval: `+3.2 % (−1.0 to +7.5)`. */
export function writeChange({ change, interval }: Compared): string {
  if (change === null) return ABSENT;
  const within = interval === undefined ? '' : ` (${signed(interval.low)} to ${signed(interval.high)})`;
  return `${signed(change)} %${within}`;
}

/** Writes what a difference comes to, with a sign that needs no colour; empty when it may be chance. */
export function writeOutcome({ outcome }: Compared): string {
  return signs[outcome];
}

/** Formats a comparison as text, a line for each figure. */
export function formatComparison({ runs, rows }: Comparison): string {
  const others = runs.slice(1);
  const head = [
    '',
    runs[0]?.letter ?? '',
    ...others.flatMap(({ letter }) => [letter, `${letter} against A`, '']),
  ];
  const table = alignColumns([
    head,
    ...rows.map(({ subject, reference, others: compared }) => [
      subject.unit === '' ? subject.name : `${subject.name}, ${subject.unit}`,
      writeValue(subject, reference),
      ...compared.flatMap((each) => [writeValue(subject, each.value), writeChange(each), writeOutcome(each)]),
    ]),
  ]);
  const named = runs.map(({ letter, source, run }) => `${letter}  ${source}  ${run.summary.startedAt}`);
  return `${[...named, '', ...table, '', ...wrapText(intervalSentence, WIDTH)].join('\n')}\n`;
}

function signed(share: number): string {
  const text = Math.abs(share * 100).toFixed(1);
  return `${share < 0 && text !== '0.0' ? '−' : '+'}${text}`;
}
