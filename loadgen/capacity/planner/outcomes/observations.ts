/** What a trial tells of the processor time of the target: who did how much work, and how busy that made them. */
import { eachKind, type Kind, type Observation } from '../../costs/index.ts';
import type { TrialProcess, TrialRecord } from '../../trials/index.ts';

/** Kind of process that does work for users. */
export type Role = Extract<TrialProcess['role'], 'worker' | 'broker' | 'balancer'>;

const MICROSECONDS = 1_000_000;

/** Gives the cores that the busiest process of a role used; 0 when there is none. */
export function busyCores({ measuredSeconds, processes }: TrialRecord, role: Role): number {
  const micros = processes.filter((process) => process.role === role).map(({ busyMicros }) => busyMicros);
  return Math.max(0, ...micros) / (measuredSeconds * MICROSECONDS);
}

/** Gives what all processes of a role did in each trial; trials without such processes, or idle ones, are left out. */
export function observationsOf(records: readonly TrialRecord[], role: Role): Observation[] {
  return records.flatMap(({ counts, processes }) => {
    const own = processes.filter((process) => process.role === role);
    const busyMicros = own.reduce((sum, process) => sum + process.busyMicros, 0);
    const amounts: Record<Kind, number> = {
      inbound: counts.inbound,
      delivery: counts.deliveries,
      ping: counts.pings,
      connect: counts.connects,
      byte: counts.bytes,
    };
    return busyMicros > 0 ? [{ work: eachKind((kind) => amounts[kind]), busyMicros }] : [];
  });
}
