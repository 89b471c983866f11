/** The first line of a gate's record, out of what was asked for and what the host is. */
import {
  type Arm,
  defaultGuards,
  GATE_RECORD_VERSION,
  type GateHeader,
} from '../../../reports/gate/index.ts';
import type { BenchOptions, Calibration } from '../bench/index.ts';
import type { Source } from '../builds/index.ts';
import { fitJob, type JobTime, type Rules, rulesFor, verifyingRules } from './rules/index.ts';
import { quarantinedIn } from './truth.ts';

/** What a person asked for, as far as it stands in the record. */
export interface Asked {
  readonly sources: Record<Arm, Source>;
  readonly scenario: string;
  /** Planted into the candidate. */
  readonly inject?: BenchOptions['inject'];
  readonly attempt: number;
  readonly seed: string;
  /** Default: whatever there is time for. */
  readonly length?: GateHeader['length'] | undefined;
  /** The only metrics that may fail. */
  readonly metrics?: readonly string[] | undefined;
  /** File of the ledger. */
  readonly ledger?: string | undefined;
  /** Whether the job is to find out how large the injection is. */
  readonly verifies?: boolean | undefined;
}

/**
 * Makes the header.
 *
 * @throws ClusterError OPTION_INVALID when a metric cannot be gated on this host; RECORD_INVALID when the ledger
 * cannot be read.
 */
export function makeHeader(asked: Asked, calibration: Calibration, time?: JobTime): GateHeader {
  const { sources, scenario, inject, attempt, seed, verifies } = asked;
  const { host, offeredPerSecond, stallLimitMs, pace } = calibration;
  const rules = rulesOf(asked, calibration);
  const { looks, ...shape } = fitJob(rules, { pace, time, length: asked.length, isOneLook: verifies });
  return {
    type: 'gate',
    version: GATE_RECORD_VERSION,
    startedAt: new Date().toISOString(),
    scenario,
    base: describe(sources.base),
    candidate: describe(sources.candidate),
    ...(inject && { injected: `${inject.kind}:${inject.size}` }),
    ...{ attempt, seed, ...shape },
    settings: { ...rules, looks },
    guards: defaultGuards,
    ...{ offeredPerSecond, stallLimitMs, host },
  };
}

function rulesOf(
  { attempt, metrics, ledger, scenario, verifies }: Asked,
  { countsInstructions, host }: Calibration,
): Rules {
  if (verifies) return rulesFor({ countsInstructions, ...verifyingRules });
  const quarantined = quarantinedIn(ledger, { scenario, host });
  return rulesFor({ countsInstructions, attempt, metrics, quarantined });
}

function describe({ name, commit }: Source): GateHeader['base'] {
  return { name, ...(commit !== '' && { commit }) };
}
