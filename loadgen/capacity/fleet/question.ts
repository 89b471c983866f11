/** What a table of fleets is made of: what was measured, what a user does, and what may be bought. */
import type { Estimate } from '../estimate/index.ts';
import type { Instance } from '../instances/index.ts';

/** How far a capacity lies from what was measured: to 1.5 times the workers, to twice as many, or further. */
export type Grade = 'interpolation' | 'extrapolation' | 'beyond';

/** Capacity of several workers, scheduled messages a second (or users), as the scaling law has it. */
export interface Prediction extends Estimate {
  readonly grade: Grade;
}

/** What one user does, on average, each second. */
export interface UserRates {
  /** Scheduled messages: the unit of capacities. 1 where capacities are in users, as of those who are only there. */
  readonly load: number;
  /** Messages that a worker reads: calls and publications. */
  readonly inbound: number;
  /** Of these, publications. */
  readonly publications: number;
  /** Messages that a worker writes: answers, and publications of others. */
  readonly deliveries: number;
  /** Pings, each with its answer. */
  readonly pings: number;
  /** Connections that are made anew. */
  readonly connects: number;
  /** Mean subscribers of a publication, of all hosts together. */
  readonly fanOut: number;
  /** Bytes on the wire of one of each, with the headers of all layers. */
  readonly bytes: { readonly inbound: number; readonly delivery: number; readonly ping: number };
}

/** Processor time of a process for one of each, microseconds. */
export interface UnitCosts {
  readonly inbound: number;
  readonly delivery: number;
  readonly ping: number;
  readonly connect: number;
  readonly byte: number;
  /** For a publication that comes from another host; as much as for one that comes from a worker unless it is given. */
  readonly crossing?: number;
}

/** How fast a machine does the calibration workload: processor microseconds of a piece of work, more being slower. */
export interface Score {
  /** One process alone. */
  readonly single: number;
  /** Of one process while as many work as the machine has vCPUs. */
  readonly busy: number;
}

/** A type that ran the calibration workload. */
export interface ScoredInstance {
  readonly instance: Instance;
  readonly score: Score;
}

/** The machine that trials ran on. */
export interface Machine {
  /** Absent for a machine that is none of EC2. */
  readonly instance?: Instance;
  /** Whether two of its vCPUs share a core. */
  readonly sharesCore: boolean;
  readonly score?: Score;
  /** Whether a capacity was searched on it, and not only costs measured (true). */
  readonly isSearched?: boolean;
}

/** What was measured, on one machine. */
export interface Measured {
  readonly machine: Machine;
  /** Capacity of a cluster of so many workers that meets the objective. */
  readonly scaling: (workers: number) => Prediction;
  /**
   * Users on each worker in the trials that `scaling` rests on: their skew is in it already. Absent: the skew of all
   * users is counted besides, which promises a few per cent less.
   */
  readonly usersPerWorker?: number;
  /** Measured factor by which hot channels load the busiest worker beyond its share of users. Default: 1. */
  readonly hotChannels?: number;
  readonly costs: {
    readonly worker: UnitCosts;
    readonly broker: UnitCosts;
    /** Absent where workers own the public port. */
    readonly balancer?: UnitCosts;
    /** Of a predicted busy time: standard deviation of its natural logarithm. */
    readonly spread: number;
  };
  readonly memory: {
    /** Bytes of one idle socket. */
    readonly perSocket: Estimate;
    /** Bytes of a worker without sockets. */
    readonly perWorker: number;
    /** Bytes of everything else on the host: system, master, brokers. */
    readonly host: number;
  };
  /** Connections a second that one worker takes in with nothing else to do. */
  readonly connects: Estimate;
}

/** What stands around the fleet. Defaults in brackets. */
export interface Surroundings {
  /** Share of its capacity that a fleet is to be used at (0.65). */
  readonly utilisation: number;
  /**
   * Time over which clients of a lost host come back, seconds (10: after ten seconds of silence, clients wait for up to
   * ten more, each for its own while).
   */
  readonly returnWithin: number;
  /** Worker processes of a host with so many vCPUs (as many). */
  readonly workersOn: (vcpus: number) => number;
  /** Broker processes of each host (1). */
  readonly brokers: number;
  /** Where clients are (`internet`): what leaves a region gets less bandwidth. */
  readonly clients: 'internet' | 'region';
  /**
   * Whether security groups follow each connection (true): not if their rules are open to all in both directions on the
   * port, always behind a network load balancer.
   */
  readonly isTracked: boolean;
  /** Files that one process may have open (1,048,576, which the cloud-init files set). */
  readonly descriptors: number;
  /** Addresses that all connections of a host come from (any number): those of a load balancer in between. */
  readonly clientAddresses: number;
  /** Packets a second of a type, in and out together (nobody publishes them: no limit). */
  readonly packetsOf: (type: string) => number | undefined;
}

/** What is asked. */
export interface FleetQuestion extends Partial<Surroundings> {
  readonly measured: Measured;
  readonly rates: UserRates;
  /** Types to choose from. */
  readonly instances: readonly Instance[];
  /** Types that were calibrated (none); they count for those like them, in `instances` or not. */
  readonly scores?: readonly ScoredInstance[];
  /** Hosts of the fleets in the table (1, 2, 3, 4, 6, 8). */
  readonly nodeCounts?: readonly number[];
}

/** A question that leaves nothing open. */
export type CompleteQuestion = Required<FleetQuestion>;

const DEFAULTS: Surroundings & Pick<CompleteQuestion, 'nodeCounts' | 'scores'> = {
  utilisation: 0.65,
  returnWithin: 10,
  workersOn: (vcpus) => vcpus,
  brokers: 1,
  clients: 'internet',
  isTracked: true,
  descriptors: 1_048_576,
  clientAddresses: Number.POSITIVE_INFINITY,
  packetsOf: () => undefined,
  nodeCounts: [1, 2, 3, 4, 6, 8],
  scores: [],
};

/** Fills in what a question leaves open. */
export function complete(question: FleetQuestion): CompleteQuestion {
  return { ...DEFAULTS, ...question };
}
