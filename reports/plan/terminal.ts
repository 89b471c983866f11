/** A plan on the terminal: at most one screen of 40 lines, the answer first. */
import { styleText } from 'node:util';
import { alignColumns, formatThings, type Row, wrapText } from '../figures/index.ts';
import {
  type Answer,
  answerOf,
  capacityOf,
  chosenRows,
  limitsOfSize,
  missingOf,
  type PlanDocument,
  type PlanFleets,
  standingOf,
  writeDollars,
  writeEstimated,
  writeNumber,
  writeStanding,
  writeTier,
} from './document/index.ts';

const WIDTH = 110;

/** Room at the left for what a line is about. */
const GUTTER = 15;

/** Room for numbers of workers, and for fleets; with their headings. */
const MOST_SIZES = 4;
const MOST_FLEETS = 3;

const colours = {
  found: 'green',
  'at-least': 'yellow',
  unconfirmed: 'yellow',
  'not-met': 'red',
  'fell-over': 'red',
  costs: 'yellow',
  empty: 'yellow',
} as const satisfies Record<Answer['outcome'], string>;

/** What else the text says. */
interface PlanTextOptions {
  /** Whether escape codes for colours may be written. Default false. */
  readonly colour?: boolean;
  /** Files the plan left behind, named at the end. Default none. */
  readonly files?: readonly string[];
}

/** A stretch of lines: what they are about, the lines, and how many there is room for. All of them together are 40. */
type Stretch = readonly [title: string, lines: readonly string[], most: number];

/** Formats a plan as text of at most 40 lines, ending in a line feed. */
export function formatPlanSummary(
  document: PlanDocument,
  { colour = false, files = [] }: PlanTextOptions = {},
): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const answer = answerOf(document);
  const { sizes, remarks, fleets } = document;
  const stretches: Stretch[] = [
    [answer.word, wrap([answer.sentence]), 3],
    ['', wrap(answer.details), 4],
    ['Workers', sizeLines(document), MOST_SIZES + 1],
    ['Limits', limitLines(document), 3],
    ['Fleet', wrap([answer.fleet ?? '']), 3],
    ['Fleets', fleets === null ? [] : fleetLines(fleets), MOST_FLEETS + 1],
    ['Needed', wrap([answer.needed ?? '']), 2],
    ['Proof', wrap([proofLine(document)]), 2],
    ['Not in it', wrap([missingOf(document).join('; ')]), 3],
    ['Remarks', wrap([...remarks, ...sizes.flatMap(({ findings }) => findings)]), 4],
    ['Next', wrap([answer.next ?? '']), 2],
    ['Files', files, 5],
  ];
  const lines = stretches.flatMap(([title, all, most]) =>
    capped(all, most).map((line, index) => {
      const name = (index === 0 ? title : '').padEnd(GUTTER);
      const style =
        title === answer.word ? (['bold', colours[answer.outcome]] as const) : (['bold'] as const);
      return `${name.trim() === '' ? name : paint([...style], name)}${line}`;
    }),
  );
  return `${lines.join('\n')}\n`;
}

function wrap(sentences: readonly string[]): string[] {
  return sentences.flatMap((sentence) => (sentence === '' ? [] : wrapText(sentence, WIDTH - GUTTER)));
}

/** Says by three dots that there was more. */
function capped(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  const kept = lines.slice(0, most);
  return kept.map((line, index) => (index === most - 1 ? `${line} …` : line));
}

function sizeLines({ sizes, proof }: PlanDocument): string[] {
  if (sizes.length === 0) return [];
  const rows = sizes.map((size): Row => {
    const { bound, load, users, estimate } = capacityOf(size, proof);
    const interval = estimate && `${writeNumber(estimate.load.lower)} to ${writeNumber(estimate.load.upper)}`;
    const at = load === null || bound === '' ? '' : `${bound} `;
    return [
      String(size.workers),
      load === null ? size.verdict : `${at}${writeNumber(load)}`,
      users === null ? '–' : `${at}${writeNumber(Math.round(users))}`,
      interval ?? '–',
      String(size.trials.length),
    ];
  });
  return alignColumns([['', 'messages/s', 'users', '90 %, messages/s', 'trials'], ...rows]);
}

function limitLines({ sizes: [size], proof }: PlanDocument): string[] {
  const capacities = size === undefined ? [] : limitsOfSize(size, proof);
  if (size === undefined || capacities.length === 0) return [];
  const { geometricMean, usersPerLoad } = size;
  const isAtLeast = capacities.some((capacity) => capacity.isAtLeast);
  const columns = [
    ...capacities.map((capacity) => ({ ...capacity, name: `${capacity.withinMs} ms` })),
    { name: 'geometric mean', estimate: geometricMean, isAtLeast },
  ];
  const write = (column: (typeof columns)[number], factor: number): string => {
    if (column.estimate === null) return '–';
    const { lower, median } = column.estimate;
    return column.isAtLeast ? `≥ ${writeNumber(lower * factor)}` : writeNumber(median * factor);
  };
  return alignColumns([
    ['', ...columns.map(({ name }) => name)],
    ['messages/s', ...columns.map((column) => write(column, 1))],
    ['users', ...columns.map((column) => write(column, usersPerLoad))],
  ]);
}

/** The recommended row, and those beside it that nothing betters. */
function fleetLines({ rows }: PlanFleets): string[] {
  const good = rows.filter((row) => ['recommended', 'pareto'].includes(standingOf(row)));
  const first = good.filter(({ isRecommended }) => isRecommended);
  const others = good.filter(({ isRecommended }) => !isRecommended);
  const shown = chosenRows([...first, ...others], { most: MOST_FLEETS, unfitOf: ({ unfit }) => unfit });
  if (shown.length === 0) return [];
  const lines = shown.map((row) => [
    row.type,
    formatThings(row.nodes, 'host'),
    `${writeEstimated(row.users.median)} users`,
    `${writeDollars(row.monthly)}/month`,
    writeDollars(row.perMillion.median),
    writeTier(row),
    writeStanding(standingOf(row)),
  ]);
  return alignColumns([['type', 'hosts', 'users', 'price', '$/million users', 'tier', ''], ...lines]);
}

function proofLine({ proof, sizes }: PlanDocument): string {
  if (proof === null) return sizes.length === 0 ? '' : 'the generator was not proven';
  const failed = proof.findings.filter(({ ok }) => !ok);
  if (proof.proven) return `all ${proof.findings.length} guards of the generator hold`;
  return `the generator is not proven: ${failed.map(({ name, sentence }) => sentence ?? name).join('; ')}`;
}
