/** A report for tests: one type that was measured, one that may not be recommended. */
import { estimateOf } from '../estimate/index.ts';
import type { FleetTable, Needed, RankedRow } from '../fleet/index.ts';
import type { FleetReport } from './report.ts';

/** A row of a table. */
export function rowOf(changes: Partial<RankedRow> = {}): RankedRow {
  return {
    type: 'c7i.large',
    nodes: 2,
    workers: 4,
    users: estimateOf(81_234.567, 0.05),
    capacity: estimateOf(160_000, 0.05),
    messages: { in: 8_123.456_7, out: 81_234.567 },
    binding: 'network',
    runnerUp: 'busiest worker',
    limits: [{ name: 'network', users: 177_500 }],
    headroom: 0.4923,
    survives: 1,
    monthly: 130.305,
    perMillion: estimateOf(1_604.07, 0.05),
    tier: 'T0',
    grade: 'interpolation',
    spreads: { tier: 0, scaling: 0.05 },
    isPareto: true,
    ...changes,
  };
}

/** A row that may not be recommended. */
export function unfitRow(changes: Partial<RankedRow> = {}): RankedRow {
  return rowOf({
    type: 'c7g.4xlarge',
    tier: 'T4',
    grade: 'beyond',
    unfit: 'more than twice the workers that were measured',
    isPareto: false,
    ...changes,
  });
}

/** A table of the two. */
export function tableOf(changes: Partial<FleetTable> = {}): FleetTable {
  const recommended = rowOf();
  return { rows: [unfitRow(), recommended], recommended, leftOut: [], notes: [], ...changes };
}

/** The answer for 50,000 users. */
export function neededOf(changes: Partial<Needed> = {}): Needed {
  const fleet = { row: rowOf(), chance: 0.962 };
  return { users: 50_000, chance: 0.95, fleets: [fleet], recommended: fleet, leftOut: [], ...changes };
}

/** Everything together. */
export function reportOf(changes: Partial<FleetReport> = {}): FleetReport {
  return {
    table: tableOf(),
    prices: { date: '2026-07-20', source: 'a list of prices' },
    ...changes,
  };
}
