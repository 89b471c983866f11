/** The lane of the agents: what each host that held users did, and how far its clock can be trusted. */
import type { Summary } from '../../../loadgen/results/index.ts';
import { formatCount, formatDecimal, measuredName } from '../../figures/index.ts';
import type { Insert } from '../html.ts';
import { type Cell, cell, dataTable } from '../table.ts';

/** Shows the hosts side by side; nothing when the coordinator's own held all users. */
export function agentsTable(summary: Summary): Insert {
  const { agents = [] } = summary.generator;
  const rows = agents.map((agent): Cell[] => [
    agent.id,
    cell(agent.processes, formatCount),
    cell(agent.users, formatCount),
    cell(agent.cpuCores, formatDecimal),
    cell(agent.rssMB, formatCount),
    cell(agent.latenessP99Ms, formatDecimal),
    cell(agent.startLateMs, formatDecimal),
    cell(agent.clockOffsetMs, formatDecimal),
    cell(agent.clockErrorMs, formatDecimal),
  ]);
  return dataTable({
    caption: 'Agents',
    span: `in ${measuredName(summary)}`,
    head: [
      'agent',
      'load processes',
      'users',
      'cores',
      'MB',
      'lateness p99, ms',
      'began late, ms',
      'clock ahead, ms',
      'clock ±, ms',
    ],
    rows,
  });
}
