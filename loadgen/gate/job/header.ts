/** The first line of a gate's record, out of what was asked for and what the host is. */
import {
  type Arm,
  defaultGuards,
  GATE_RECORD_VERSION,
  type GateHeader,
} from '../../../reports/gate/index.ts';
import type { BenchOptions, Calibration } from '../bench/index.ts';
import type { Source } from '../builds/index.ts';
import { type Rules, rulesFor } from './rules.ts';
import { quarantinedIn } from './truth.ts';

/** What a person asked for, as far as it stands in the record. */
export interface Asked {
  readonly sources: Record<Arm, Source>;
  readonly scenario: string;
  /** Planted into the candidate. */
  readonly inject?: BenchOptions['inject'];
  readonly attempt: number;
  readonly seed: string;
  readonly length: GateHeader['length'];
  /** The only metrics that may fail. */
  readonly metrics?: readonly string[] | undefined;
  /** File of the ledger. */
  readonly ledger?: string | undefined;
}

/**
 * Makes the header.
 *
 * @throws ClusterError OPTION_INVALID when a metric cannot be gated on this host; RECORD_INVALID when the ledger
 * cannot be read.
 */
export function makeHeader(asked: Asked, calibration: Calibration): GateHeader {
  const { sources, scenario, inject, attempt, seed, length } = asked;
  const { host, offeredPerSecond, stallLimitMs } = calibration;
  return {
    type: 'gate',
    version: GATE_RECORD_VERSION,
    startedAt: new Date().toISOString(),
    scenario,
    base: describe(sources.base),
    candidate: describe(sources.candidate),
    ...(inject && { injected: `${inject.kind}:${inject.size}` }),
    ...{ attempt, seed, length },
    settings: rulesOf(asked, calibration),
    guards: defaultGuards,
    ...{ offeredPerSecond, stallLimitMs, host },
  };
}

function rulesOf(
  { attempt, metrics, ledger, scenario }: Asked,
  { countsInstructions, host }: Calibration,
): Rules {
  const quarantined = quarantinedIn(ledger, { scenario, host });
  return rulesFor({ countsInstructions, attempt, metrics, quarantined });
}

function describe({ name, commit }: Source): GateHeader['base'] {
  return { name, ...(commit !== '' && { commit }) };
}
