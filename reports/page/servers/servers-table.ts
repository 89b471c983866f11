/** The hosts of a target that has several, each with what it carried and cost. */
import type { Summary } from '../../../loadgen/results/index.ts';
import { formatCount, formatDecimal, formatRate, measuredName } from '../../figures/index.ts';
import type { Insert } from '../html.ts';
import { type Cell, cell, dataTable } from '../table.ts';

/** Shows the hosts side by side; nothing of a target that has one. */
export function serversTable(summary: Summary): Insert {
  const { servers = [] } = summary;
  return dataTable({
    caption: 'Hosts of the target',
    span: `in ${measuredName(summary)}`,
    head: ['host', 'workers', 'connections', 'messages/s', 'cores', 'MB'],
    rows: servers.map((server): Cell[] => [
      server.id,
      cell(server.workers, formatCount),
      cell(server.connections, formatCount),
      cell(server.messagesPerSecond, formatRate),
      cell(server.cpuCores, formatDecimal),
      cell(server.rssMB, formatCount),
    ]),
  });
}
