/** What a run would do and what it would take, as text: nothing of it is started. */
import {
  alignColumns,
  formatClock,
  formatCount,
  formatDecimal,
  formatRate,
  formatThings,
} from '../../../reports/index.ts';
import type { Prepared } from '../../coordinator/index.ts';
import { estimateCost } from '../../doctor/index.ts';
import { type Plan, type PlannedGap, planHash, plannedIn } from '../../plan/index.ts';
import { lengthOf } from '../../plan/resolve/index.ts';
import { redactText, redactUrl } from '../../plan/secrets/index.ts';

const MEGABYTE = 1_000_000;

/** Nobody knows before what a function of the scenario's own sends. */
const AND_OWN = ', and what behaviours of your own send';
const WITHOUT_OWN = ', without what behaviours of your own do';

/**
 * Formats a run that could begin now.
 * @param agentsAt Where agents would be asked for. Default: this host holds the users.
 */
export function formatRehearsal(prepared: Prepared, agentsAt?: readonly string[]): string {
  const { plan, question, rules, http } = prepared.resolved;
  const hasOwn = plan.groups.some(({ behaviour }) => behaviour.kind === 'custom');
  const { messagesPerSecond, deliveriesPerSecond, driver, protocolVersion } = prepared.resolved;
  const blocks: [title: string, lines: string[]][] = [
    [
      'Plan',
      [
        `${formatThings(plan.users, 'user')}, ${formatClock(lengthOf(plan))} long, seed ${plan.seed}, hash ${planHash(plan)}`,
        `${formatRate(messagesPerSecond)} messages/s, ${formatRate(deliveriesPerSecond)} deliveries/s in the measured phases${hasOwn ? AND_OWN : ''}`,
        `driver ${driver}, protocol ${protocolVersion}, answers within ${plan.answerWithin} s`,
        ...(http === null
          ? []
          : [`HTTP ${http.method} ${redactUrl(http.path)}, ${formatRate(http.rate)} requests/s`]),
      ],
    ],
    ['Target', [targetOf(prepared)]],
    ['Arrivals', arrivalsOf(plan)],
    ['Groups', groupsOf(plan)],
    ['Phases', phasesOf(plan)],
    ['Faults', faultsOf(prepared)],
    ['Load generator', [agentsAt === undefined ? generatorOf(prepared) : agentsOf(agentsAt)]],
    [
      'Rules',
      rules.map(({ rule, abort, from }) =>
        abort ? `${rule}, or the run ends, from ${formatClock(from)} on` : rule,
      ),
    ],
    [hasOwn ? `Expected cost${WITHOUT_OWN}` : 'Expected cost', costOf(prepared)],
  ];
  const text = blocks
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n'));
  return `${plan.scenario}: ${redactText(question)}\n\n${text.join('\n\n')}\n`;
}

function targetOf({ resolved, foreign }: Prepared): string {
  if (foreign !== undefined) return [foreign, ...foreign.others].map(({ url }) => redactUrl(url)).join(', ');
  const { workers, brokers, balancers, hosts, controller } = resolved.target;
  const processes = [formatThings(workers, 'worker'), formatThings(brokers, 'broker')];
  if (balancers > 0) processes.push(formatThings(balancers, 'balancer'));
  const each = hosts > 1 ? `${hosts} hosts of ` : '';
  return `our own: ${each}${processes.join(', ')}, controller ${controller}`;
}

function arrivalsOf({ arrivals: { shape, stages } }: Plan): string[] {
  return stages.map(({ start, users, rate }) => {
    const speed = rate.from === rate.to ? `${rate.from}` : `${rate.from} to ${rate.to}`;
    return `${formatThings(users, 'user')} from ${formatClock(start)} on, ${speed} users/s, ${shape === 'even' ? 'evenly' : 'at random'}`;
  });
}

function groupsOf({ groups }: Plan): string[] {
  const names = alignColumns(groups.map(({ name, users }) => [name, formatThings(users, 'user')]));
  return groups.map((group, n) => `${names[n]}  ${doingOf(group)}`);
}

function doingOf({ behaviour, stays, returns, reconnects, stalls }: Plan['groups'][number]): string {
  const pace = 'every' in behaviour ? ` every ${gap(behaviour.every)}` : '';
  const closed = 'model' in behaviour && behaviour.model === 'closed' ? ' after the answer' : '';
  const habits = [
    stays === null ? '' : `stay ${gap(stays)}`,
    returns === null ? '' : `return after ${gap(returns)}`,
    reconnects === null ? '' : 'try again',
    stalls === null ? '' : 'stop reading now and then',
  ];
  return [`${behaviour.kind}${pace}${closed}`, ...habits.filter((habit) => habit !== '')].join(', ');
}

function gap({ mean, shape }: PlannedGap): string {
  const length = mean < 1 ? `${formatDecimal(mean * 1_000)} ms` : `${formatDecimal(mean)} s`;
  return `${length}${shape === 'even' ? '' : ` (${shape})`}`;
}

function phasesOf(plan: Plan): string[] {
  const planned = plannedIn(plan);
  const rows = plan.phases.map(({ name, start, end, measured, pace }, n) => [
    name,
    `${formatClock(start)}–${formatClock(end)}`,
    `pace ${pace.from === pace.to ? pace.from : `${pace.from} to ${pace.to}`}`,
    pace.to === 0 || planned[n] !== undefined
      ? `${formatCount(planned[n] ?? 0)} messages`
      : 'messages as they come',
    measured ? 'measured' : '',
  ]);
  return alignColumns(rows);
}

function faultsOf({ resolved }: Prepared): string[] {
  return resolved.faults.map(({ second, do: what, role, id, for: seconds }) => {
    const one = what === 'drain' ? 'host' : role;
    const whom = what === 'roll' ? 'all workers' : `${id === null ? `every ${one}` : `${one} ${id}`}`;
    return `${formatClock(second)} ${what} ${whom}${what === 'stop' ? ` for ${seconds} s` : ''}`;
  });
}

function generatorOf({ fit }: Prepared): string {
  const { processes, usersPerProcess, sourceAddresses } = fit;
  const addresses =
    sourceAddresses.length === 0
      ? 'the source address is the kernel’s choice'
      : formatThings(sourceAddresses.length, 'source address').replace('addresss', 'addresses');
  return `${formatThings(processes, 'load process').replace('processs', 'processes')}, up to ${formatThings(usersPerProcess, 'user')} each, ${addresses}`;
}

function agentsOf(servers: readonly string[]): string {
  return `all agents that answer at ${servers.join(', ')}, load processes by their cores`;
}

function costOf({ resolved, foreign, fit }: Prepared): string[] {
  const { generator, target } = estimateCost(resolved, { processes: fit.processes });
  const line = (cost: { cores: number; memoryBytes: number }): string =>
    `about ${formatDecimal(cost.cores)} cores and ${formatCount(cost.memoryBytes / MEGABYTE)} MB`;
  return [`generator ${line(generator)}`, ...(foreign === undefined ? [`server    ${line(target)}`] : [])];
}
