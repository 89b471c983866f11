/** What all trials of a plan amount to. Pure. */
import type { Machine, Measured, UserRates } from '../../fleet/index.ts';
import type { ScalingFit } from '../../scaling/index.ts';
import type { SocketsFound } from '../checks/index.ts';
import type { MeasuredTrial, SizeFound } from '../search/index.ts';
import { type CostsFound, costsOfRoles } from './costs-of.ts';
import { ofSockets } from './of-sockets.ts';
import { scalingOf } from './scaling-of.ts';

/** What was found. */
export interface Findings {
  /** Searched to its end; the first size. */
  readonly main: SizeFound;
  readonly fit?: ScalingFit | undefined;
  /** Of one user. */
  readonly rates: UserRates;
  readonly sockets?: SocketsFound | undefined;
  readonly machine: Machine;
  /** Gives numbers from 0 (inclusive) to 1 (exclusive). */
  readonly draw: () => number;
}

/** Unit costs are those of a busy process: trials below this share of the capacity are left out. */
const HIGH_LOAD = 0.7;

/** What fleets are planned from. */
export interface Answer {
  readonly measured: Measured;
  /** Of one user, in the unit that capacities are in. */
  readonly rates: UserRates;
  readonly costs: readonly CostsFound[];
  readonly remarks: readonly string[];
}

/** Gives what was measured. Undefined without a capacity. */
export function measuredOf(findings: Findings): Answer | undefined {
  const { draw, fit, machine, main, rates, sockets } = findings;
  const capacity = main.result.estimate;
  if (capacity === undefined) return undefined;
  const records = main.trials.filter(isHigh(capacity.median)).map(({ record }) => record);
  const { costs, found } = costsOfRoles(records, { draw, connectMicros: sockets?.connectMicros });
  const users = Math.max(0, ...records.map((record) => record.users));
  return {
    measured: {
      machine,
      scaling: scalingOf({ workers: main.workers, capacity }, fit),
      ...(users > 0 && { usersPerWorker: users / main.workers }),
      costs: { ...costs, spread: Math.max(capacity.spread, ...found.map(({ residual }) => residual)) },
      ...ofSockets(sockets),
    },
    rates,
    costs: found,
    remarks: [...new Set([...(sockets?.remarks ?? []), ...found.flatMap(({ remarks }) => remarks)])],
  };
}

function isHigh(capacity: number): (trial: MeasuredTrial) => boolean {
  return ({ outcome, request }) =>
    request.phase !== 'recovery' &&
    outcome.guards.length === 0 &&
    outcome.fellOver === undefined &&
    outcome.load >= HIGH_LOAD * capacity;
}
