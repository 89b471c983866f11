/**
 * What users take who are hardly more than there. Nothing is searched for them: processor time follows from a trial in
 * which sockets answered the heartbeats of many users each, memory and connections from looks at sockets. Pure.
 */
import { estimateOf } from '../../estimate/index.ts';
import { busyOf, type Machine, type UserRates } from '../../fleet/index.ts';
import type { SocketsFound } from '../checks/index.ts';
import { costsOfRoles } from './costs-of.ts';
import type { Answer } from './measured.ts';
import { ofSockets, PART_LOAD_SPREAD } from './of-sockets.ts';
import { scalingOf } from './scaling-of.ts';

/** What was found. */
export interface IdleFindings {
  readonly sockets: SocketsFound;
  /** Of one user. */
  readonly rates: UserRates;
  readonly machine: Machine;
  /** Gives numbers from 0 (inclusive) to 1 (exclusive). */
  readonly draw: () => number;
}

const MICROSECONDS = 1_000_000;

const thousands = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** Gives what was measured, in users in place of messages: undefined where no trial tells what heartbeats cost. */
export function measuredOfIdle({ draw, machine, rates, sockets }: IdleFindings): Answer | undefined {
  const { connectMicros, crowd } = sockets;
  if (crowd === undefined) return undefined;
  const { costs, found } = costsOfRoles([crowd], { draw, connectMicros });
  const each = busyOf(costs.worker, rates, 0);
  if (each === 0) return undefined;
  const { workers } = crowd;
  return {
    measured: {
      machine: { ...machine, isSearched: false },
      scaling: scalingOf({
        workers,
        capacity: estimateOf((workers * MICROSECONDS) / each, PART_LOAD_SPREAD),
      }),
      usersPerWorker: crowd.users / workers,
      costs: { ...costs, spread: PART_LOAD_SPREAD },
      ...ofSockets(sockets),
    },
    rates: { ...rates, load: 1 },
    costs: found.map((one) => ({ ...one, residual: PART_LOAD_SPREAD })),
    remarks: [sentenceOf(sockets, rates), ...sockets.remarks],
  };
}

function sentenceOf({ crowd, mostSockets }: SocketsFound, { pings }: UserRates): string {
  const perSecond = crowd === undefined ? 0 : crowd.counts.pings / crowd.measuredSeconds;
  return (
    `No capacity was searched, as users hardly say anything: processor time is that of the heartbeats of ${thousands.format(perSecond / pings)} users, ` +
    `memory that of up to ${thousands.format(mostSockets)} sockets, and more are taken to need more in proportion`
  );
}
