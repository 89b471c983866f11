/** A question with round numbers, for tests: users who get one message of 1 KiB a second. */
import { estimateOf } from '../estimate/index.ts';
import { chooseInstances, type Instance, readSnapshot } from '../instances/index.ts';
import type { FleetQuestion, Grade, Measured, UnitCosts, UserRates } from './question.ts';

const snapshot = readSnapshot();

/** An instance by its type. */
export function instanceOf(type: string): Instance {
  const [instance] = chooseInstances(snapshot, [type]);
  if (instance === undefined) throw new RangeError(`Cannot find "${type}"`);
  return instance;
}

/** Instances by the names of types and families. */
export function instancesOf(...names: string[]): Instance[] {
  return chooseInstances(snapshot, names);
}

/** One delivery a second, 1 KiB of payload: 1,100 bytes on the wire. */
export const listeners: UserRates = {
  load: 1,
  inbound: 0,
  publications: 0,
  deliveries: 1,
  pings: 0,
  connects: 0,
  fanOut: 1_000,
  bytes: { inbound: 1_100, delivery: 1_100, ping: 100 },
};

/** A process that costs nothing. */
export const free: UnitCosts = { inbound: 0, delivery: 0, ping: 0, connect: 0, byte: 0 };

/** A scaling law without contention: 50,000 messages a second and worker, measured up to `most` workers. */
export function linear({ each = 50_000, most = 4, spread = 0.03 } = {}): Measured['scaling'] {
  return (workers) => {
    const grade: Grade =
      workers <= most * 1.5 ? 'interpolation' : workers <= most * 2 ? 'extrapolation' : 'beyond';
    return { ...estimateOf(each * workers, spread), grade };
  };
}

/** What was measured on c7i.large: 20 microseconds a delivery. */
export function measuredOn(type: string | undefined, changes: Partial<Measured> = {}): Measured {
  return {
    machine: type === undefined ? { sharesCore: true } : { instance: instanceOf(type), sharesCore: true },
    scaling: linear(),
    usersPerWorker: 50_000,
    costs: { worker: { ...free, delivery: 20 }, broker: free, spread: 0.05 },
    memory: { perSocket: estimateOf(10_000, 0.05), perWorker: 60e6, host: 300e6 },
    connects: estimateOf(2_000, 0.05),
    ...changes,
  };
}

/** A question about the large compute types, connections not followed. */
export function questionOf(changes: Partial<FleetQuestion> = {}): FleetQuestion {
  return {
    measured: measuredOn('c7i.large'),
    rates: listeners,
    instances: instancesOf('c7i.large', 'c7i.xlarge', 'c8i.large', 'c7g.large'),
    isTracked: false,
    ...changes,
  };
}
