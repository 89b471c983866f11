/** What all trials of a plan amount to. Pure. */
import { estimateOf } from '../../estimate/index.ts';
import type { Machine, Measured } from '../../fleet/index.ts';
import type { ScalingFit } from '../../scaling/index.ts';
import type { SocketsFound } from '../checks/index.ts';
import type { MeasuredTrial, SizeFound } from '../search/index.ts';
import { type CostsFound, costsOf, FREE } from './costs-of.ts';
import { scalingOf } from './scaling-of.ts';

/** What was found. */
export interface Findings {
  /** Searched to its end; the first size. */
  readonly main: SizeFound;
  readonly fit?: ScalingFit | undefined;
  readonly sockets?: SocketsFound | undefined;
  readonly machine: Machine;
  /** Gives numbers from 0 (inclusive) to 1 (exclusive). */
  readonly draw: () => number;
}

/** Unit costs are those of a busy process: trials below this share of the capacity are left out. */
const HIGH_LOAD = 0.7;

/** Bytes that the system itself needs beside all processes of the cluster. */
const SYSTEM_BYTES = 512 * 1_048_576;

/** Of a socket where none was looked at: more than was ever seen of ours, and far from certain. */
const USUAL_SOCKET = estimateOf(16_384, 0.3);
const USUAL_WORKER_BYTES = 80 * 1_048_576;

/** How far a cost of connecting that was measured at half load may be off. */
const CONNECT_SPREAD = 0.15;
const USUAL_CONNECT_MICROS = 500;

const MICROSECONDS = 1_000_000;

/** Gives what was measured, as fleets are planned from it, and the costs by role. Undefined without a capacity. */
export function measuredOf(
  findings: Findings,
): { measured: Measured; costs: readonly CostsFound[]; remarks: readonly string[] } | undefined {
  const { draw, fit, machine, main, sockets } = findings;
  const capacity = main.result.estimate;
  if (capacity === undefined) return undefined;
  const records = main.trials.filter(isHigh(capacity.median)).map(({ record }) => record);
  const { connectMicros, memory, othersBytes = 0 } = sockets ?? {};
  const costs = (['worker', 'broker', 'balancer'] as const).flatMap((role) => {
    const found = costsOf(records, {
      role,
      draw,
      ...(role === 'worker' && connectMicros !== undefined && { connectMicros }),
    });
    return found === undefined ? [] : [found];
  });
  const [worker, broker, balancer] = (['worker', 'broker', 'balancer'] as const).map((role) =>
    costs.find((each) => each.role === role),
  );
  const users = Math.max(0, ...records.map((record) => record.users));
  return {
    measured: {
      machine,
      scaling: scalingOf({ workers: main.workers, capacity }, fit),
      ...(users > 0 && { usersPerWorker: users / main.workers }),
      costs: {
        worker: worker?.costs ?? FREE,
        broker: broker?.costs ?? FREE,
        ...(balancer && { balancer: balancer.costs }),
        spread: Math.max(capacity.spread, ...costs.map(({ residual }) => residual)),
      },
      memory: {
        perSocket: memory?.perSocket ?? USUAL_SOCKET,
        perWorker: memory?.base ?? USUAL_WORKER_BYTES,
        host: SYSTEM_BYTES + othersBytes,
      },
      connects: estimateOf(MICROSECONDS / (connectMicros ?? USUAL_CONNECT_MICROS), CONNECT_SPREAD),
    },
    costs,
    remarks: [...new Set([...(sockets?.remarks ?? []), ...costs.flatMap(({ remarks }) => remarks)])],
  };
}

function isHigh(capacity: number): (trial: MeasuredTrial) => boolean {
  return ({ outcome, request }) =>
    request.phase !== 'recovery' &&
    outcome.guards.length === 0 &&
    outcome.fellOver === undefined &&
    outcome.load >= HIGH_LOAD * capacity;
}
