/** What the search learns of a trial that was run. */
import { guardsOf } from '../../proof/index.ts';
import { fallenOutcome, type Outcome, outcomeOf, type Phase } from '../../search/index.ts';
import { limitsOf, type Slo } from '../../slo/index.ts';
import type { TrialRecord } from '../../trials/index.ts';
import { busyCores } from './observations.ts';
import { sloTrialOf } from './slo-trial.ts';

/** What a trial is judged by. */
export interface Terms {
  readonly slo: Slo;
  readonly phase: Phase;
  /** Share of a core that each worker had. Default 1. */
  readonly share?: number | undefined;
}

/**
 * Judges a trial: its objective, the guards of the load generator, how busy the busiest process was, and whether one of
 * them ended. The record must count by the limits of the objective.
 */
export function outcomeOfRecord(record: TrialRecord, { phase, share = 1, slo }: Terms): Outcome {
  if (record.fellOver !== null) return fallenOutcome(record.load, record.fellOver);
  const guards = guardsOf(record.generator, record).filter(({ ok }) => !ok);
  return outcomeOf(sloTrialOf(record, limitsOf(slo)), {
    slo,
    phase,
    guards: guards.map(({ name, value, wanted }) => `${name} was ${short(value)}, wanted ${wanted}`),
    cpuMicrosPerMessage: cpuMicrosPerMessage(record),
    utilisation: record.processes.length === 0 ? undefined : utilisationOf(record, share),
  });
}

function utilisationOf(record: TrialRecord, share: number): number {
  return Math.max(
    busyCores(record, 'worker') / share,
    busyCores(record, 'broker'),
    busyCores(record, 'balancer'),
  );
}

/** Of all processes of the target together, for each message in and each delivery. */
function cpuMicrosPerMessage({ counts, processes }: TrialRecord): number | undefined {
  const messages = counts.inbound + counts.deliveries;
  const micros = processes.reduce((sum, { busyMicros }) => sum + busyMicros, 0);
  return messages > 0 && micros > 0 ? micros / messages : undefined;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
