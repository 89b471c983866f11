/**
 * How many users may be on a fleet that is to outlive the loss of hosts. Those who lose their host come back within
 * some seconds, spread over all others, which have to take them in beside the load they carry: of their processor time
 * one part goes into load and the other into connecting.
 */

/** A fleet, and how its users come back. */
export interface Fleet {
  readonly nodes: number;
  /** Share of its capacity that it is to be used at. */
  readonly utilisation: number;
  /** Connections a second that one host takes in with nothing else to do. */
  readonly connects: number;
  /** Time over which users of a lost host come back, seconds. */
  readonly returnWithin: number;
}

/** Ends of intervals are computed one out of the other: what they may differ by. */
const ROUNDING = 1 + 1e-9;

/**
 * Gives the users of a fleet whose hosts carry so many each: no more than the share it is to be used at, and of
 * several hosts no more than the others can take in and carry when one is lost.
 */
export function usersOf(fleet: Fleet, capacity: number): number {
  const { nodes, utilisation } = fleet;
  const used = utilisation * nodes * capacity;
  return nodes > 1 ? Math.min(used, usersAfterLoss(fleet, capacity, 1)) : used;
}

/**
 * Gives the users of a fleet of several hosts, whatever else its hosts carry, whom the others have time to take in when
 * one host is lost: U / n come back within T seconds to n - 1 hosts. Infinite for a host that is alone.
 */
export function usersInStorm({ nodes, connects, returnWithin }: Fleet): number {
  return nodes > 1 ? (nodes - 1) * nodes * returnWithin * connects : Number.POSITIVE_INFINITY;
}

/** Gives the capacity each host needs for so many users: what undoes `usersOf`. Infinite when none is enough. */
export function capacityFor(fleet: Fleet, users: number): number {
  const { nodes, utilisation, connects, returnWithin } = fleet;
  const used = users / (utilisation * nodes);
  if (nodes === 1) return used;
  const left = (nodes - 1) / users - 1 / (nodes * connects * returnWithin);
  return left > 0 ? Math.max(used, 1 / left) : Number.POSITIVE_INFINITY;
}

/** Counts the hosts that such a fleet may lose with so many users on it, each host carrying so many. */
export function lossesSurvived(
  fleet: Fleet,
  { users, capacity }: { users: number; capacity: number },
): number {
  let lost = 0;
  while (lost + 1 < fleet.nodes && users <= usersAfterLoss(fleet, capacity, lost + 1) * ROUNDING) lost += 1;
  return lost;
}

/**
 * Gives the most users with whom some hosts may be lost. Of U users, U k / n come back within T seconds to n - k hosts;
 * at R connections a second these take U k / (n T (n - k) R) of the processor time, and their load U / ((n - k) C):
 * together all of it when U = (n - k) / (k / (n T R) + 1 / C).
 */
function usersAfterLoss({ nodes, connects, returnWithin }: Fleet, capacity: number, lost: number): number {
  return (nodes - lost) / (lost / (nodes * returnWithin * connects) + 1 / capacity);
}
