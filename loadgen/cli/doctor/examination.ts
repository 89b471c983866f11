/** What the doctor says, as text. */
import { alignColumns, formatCount, formatDecimal, formatNode, formatRange } from '../../../reports/index.ts';
import type { Examination } from '../../doctor/index.ts';

const MEGABYTE = 1_000_000;

/**
 * Formats all of it: what the run takes, each limit from the nearest on, and what lifts those that are in the way.
 * `isFailed`: whether there was a trial that told nothing.
 */
export function formatExamination(examination: Examination, isFailed = false): string {
  const { limits, prices, leastPrices, facts, isTried, doubts } = examination;
  const rows = limits.map(({ name, users, now }) => [name, `${formatCount(users)} users`, now]);
  const why = isFailed ? 'the trial of this one failed' : 'this one was not tried';
  const source = isTried ? 'measured just now' : `of another host: ${why}`;
  const cost = (name: string, side: keyof typeof prices, of = prices[side]): string[] => [
    name,
    `${formatDecimal(of.connection)} µs a connection`,
    `${formatRange(leastPrices[side].message, of.message)} µs a message`,
    `${formatDecimal(of.userBytes / 1_000)} KB a user`,
    `${formatCount(of.processBytes / MEGABYTE)} MB a process`,
  ];
  const blocks: [string, string[]][] = [
    [
      'Host',
      [
        `${facts.cpus} cores (${facts.model}), ${formatDecimal(facts.memoryGB)} GB, Linux ${facts.kernel}, ${formatNode(facts.node)}`,
      ],
    ],
    [
      `Prices, ${source}`,
      [
        ...alignColumns([cost('generator', 'generator'), cost('server', 'target')]),
        ...doubts.map((doubt) => `to be doubted: ${doubt}`),
      ],
    ],
    ['Expected cost', costLines(examination)],
    ['Limits', alignColumns(rows)],
  ];
  const text = blocks.map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n'));
  return `${text.join('\n\n')}\n\n${formatAdvice(examination)}`;
}

/** Formats the one sentence that matters, and what lifts the limits that are in the way of the scenario. */
export function formatAdvice({ scenario, users, carries, limits }: Examination): string {
  const [first] = limits;
  const most = `This host carries ${formatCount(carries)} users of ${scenario}`;
  const why = first === undefined ? '' : `; ${first.name} binds first (${first.now})`;
  const isEnough = carries >= users;
  const inTheWay = isEnough ? limits.slice(0, 1) : limits.filter((limit) => limit.users < users);
  const head = isEnough ? `${most}${why}.` : `${most}, wanted are ${formatCount(users)}${why}.`;
  return [head, ...inTheWay.map(({ name, remedy }) => `  ${name} is lifted by ${remedy}`)]
    .join('\n')
    .concat('\n');
}

function costLines({ cost, leastCost, users, loadProcesses }: Examination): string[] {
  const line = (name: string, side: keyof typeof cost): string[][] => {
    const [most, least] = [cost[side], leastCost[side]];
    if (most === null || least === null) return [];
    const cores = formatRange(least.measuredCores, most.measuredCores);
    const arriving = formatRange(least.cores, most.cores);
    const memory = `${formatCount(most.memoryBytes / MEGABYTE)} MB`;
    return [[name, `${cores} cores`, `${arriving} when the last users arrive`, memory]];
  };
  const rows = [...line('generator', 'generator'), ...line('server', 'target')];
  return [`for ${formatCount(users)} users, load processes: ${loadProcesses}`, ...alignColumns(rows)];
}
