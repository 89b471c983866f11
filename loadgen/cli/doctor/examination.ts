/** What the doctor says, as text. */
import { alignColumns, formatCount, formatDecimal, formatNode } from '../../../reports/index.ts';
import type { Examination } from '../../doctor/index.ts';

const MEGABYTE = 1_000_000;

/** Formats all of it: what the run takes, each limit from the nearest on, and what lifts those that are in the way. */
export function formatExamination(examination: Examination): string {
  const { limits, prices, facts, isTried } = examination;
  const rows = limits.map(({ name, users, now }) => [name, `${formatCount(users)} users`, now]);
  const { generator, target } = prices;
  const source = isTried ? 'measured just now' : 'of another host: this one was not tried';
  const cost = (name: string, of: typeof generator): string[] => [
    name,
    `${formatDecimal(of.connection)} µs a connection`,
    `${formatDecimal(of.message)} µs a message`,
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
    [`Prices, ${source}`, alignColumns([cost('generator', generator), cost('server', target)])],
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

function costLines({ cost, users, loadProcesses }: Examination): string[] {
  const line = (name: string, { cores, memoryBytes }: Examination['cost']['generator']): string[] => [
    name,
    `${formatDecimal(cores)} cores`,
    `${formatCount(memoryBytes / MEGABYTE)} MB`,
  ];
  const rows = [line('generator', cost.generator), ...(cost.target ? [line('server', cost.target)] : [])];
  return [`for ${formatCount(users)} users, load processes: ${loadProcesses}`, ...alignColumns(rows)];
}
