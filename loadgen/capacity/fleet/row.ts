/** One fleet: what it carries, what stops it, what it costs, and how well that is known. */
import { type Estimate, estimateBetween } from '../estimate/index.ts';
import type { Instance, Tier } from '../instances/index.ts';
import {
  chanceOn,
  type Evidence,
  evidenceOf,
  type Host,
  type LimitName,
  type LimitUsers,
  type Node,
  nodeOf,
} from './node/index.ts';
import type { CompleteQuestion, Grade, Prediction } from './question.ts';
import { capacityFor, type Fleet, lossesSurvived, usersInStorm, usersOf } from './survival.ts';

/** Hours of a month by which clouds count. */
const MONTH_HOURS = 730;

const MILLION = 1_000_000;

/** What can bind a fleet. */
export type FleetLimitName = LimitName | 'reconnect storm';

/** Users that one limit lets onto a fleet. */
interface FleetLimit extends Pick<LimitUsers, 'users'> {
  readonly name: FleetLimitName;
}

/** One fleet. */
export interface FleetRow {
  readonly type: string;
  readonly nodes: number;
  /** Of all hosts together. */
  readonly workers: number;
  /** Users that the fleet carries at its target utilisation, with the loss of one host of several in mind. */
  readonly users: Estimate;
  /** Users at which a limit binds on all hosts. */
  readonly capacity: Estimate;
  /** Messages a second that so many users (the median) send and get, of all hosts together. */
  readonly messages: { readonly in: number; readonly out: number };
  /** What binds first. */
  readonly binding: FleetLimitName;
  /** What binds next; absent when nothing else can. */
  readonly runnerUp?: FleetLimitName;
  /**
   * Every limit, as users of the fleet that it lets through on its own, the first to bind at the beginning: those of the
   * hosts, and of several hosts the storm of users who come back when one is lost.
   */
  readonly limits: readonly FleetLimit[];
  /** Share of the capacity that is left at these users. */
  readonly headroom: number;
  /** Hosts that may be lost with as many users as the lower end of the interval. */
  readonly survives: number;
  /** US dollars a month. */
  readonly monthly: number;
  /** US dollars a month for a million users. */
  readonly perMillion: Estimate;
  readonly tier: Tier;
  readonly grade: Grade;
  /** Uncertainties that a measurement of this type would remove: standard deviations of natural logarithms. */
  readonly spreads: { readonly tier: number; readonly scaling: number };
  /** Why this fleet is never recommended; absent when it may be. */
  readonly unfit?: string;
}

/** A fleet that is asked about. */
export interface Candidate {
  readonly instance: Instance;
  readonly nodes: number;
  /** What would be known after a measurement, in place of what is. */
  readonly evidence?: Evidence;
  readonly prediction?: Prediction;
}

/** Works out a fleet; the sentence that says why not when no user gets in. */
export function buildRow(candidate: Candidate, question: CompleteQuestion): FleetRow | { leftOut: string } {
  const { instance, nodes } = candidate;
  const { host, fleet } = prepare(candidate, question);
  const node = nodeOf(host, question);
  if ('stoppedBy' in node) {
    return {
      leftOut: `Cannot plan on "${instance.type}": its ${node.stoppedBy} leaves no room for a single user`,
    };
  }
  const { evidence, prediction } = host;
  return {
    type: instance.type,
    nodes,
    workers: question.workersOn(instance.vcpus) * nodes,
    ...carried(fleet, node, question),
    ...priced(instance.hourly * MONTH_HOURS * nodes, fleet, node),
    tier: evidence.tier,
    grade: prediction.grade,
    spreads: { tier: evidence.spread, scaling: prediction.spread },
    ...unfitness(evidence.tier, prediction.grade),
  };
}

/** Gives the chance that a fleet carries so many users at its target utilisation. */
export function chanceOfFleet(candidate: Candidate, question: CompleteQuestion, users: number): number {
  const { host, fleet } = prepare(candidate, question);
  return chanceOn(host, question, capacityFor(fleet, users));
}

function prepare(candidate: Candidate, question: CompleteQuestion): { host: Host; fleet: Fleet } {
  const { instance, nodes } = candidate;
  const { measured, workersOn, utilisation, returnWithin } = question;
  const workers = workersOn(instance.vcpus);
  const evidence = candidate.evidence ?? evidenceFor(instance, question);
  const prediction = candidate.prediction ?? measured.scaling(workers);
  const connects = measured.connects.lower * workers * evidence.speed * instance.sustained;
  return {
    host: { instance, nodes, evidence, prediction },
    fleet: { nodes, utilisation, connects, returnWithin },
  };
}

/** What is known of the speed of a type. */
function evidenceFor(instance: Instance, { measured, scores }: CompleteQuestion): Evidence {
  return evidenceOf(instance, { machine: measured.machine, scores });
}

function carried(fleet: Fleet, { capacity, limits: ofHost }: Node, { rates }: CompleteQuestion) {
  const { nodes } = fleet;
  const users = through(capacity, (each) => usersOf(fleet, each));
  const storm: FleetLimit = { name: 'reconnect storm', users: usersInStorm(fleet) };
  const limits = [...ofHost.map(({ name, users: each }) => ({ name, users: each * nodes })), storm]
    .filter((limit) => Number.isFinite(limit.users))
    .sort((one, other) => one.users - other.users);
  const [binding, runnerUp] = limits;
  return {
    users,
    capacity: through(capacity, (each) => each * nodes),
    messages: { in: users.median * rates.inbound, out: users.median * rates.deliveries },
    binding: binding?.name ?? 'processors',
    ...(runnerUp === undefined ? {} : { runnerUp: runnerUp.name }),
    limits,
    headroom: 1 - users.median / (capacity.median * nodes),
    survives: lossesSurvived(fleet, { users: users.lower, capacity: capacity.lower }),
  };
}

function priced(monthly: number, fleet: Fleet, { capacity }: Node) {
  const price = (each: number): number => (monthly / usersOf(fleet, each)) * MILLION;
  const { lower, median, upper } = capacity;
  return {
    monthly,
    perMillion: estimateBetween({ lower: price(upper), median: price(median), upper: price(lower) }),
  };
}

function through({ lower, median, upper }: Estimate, change: (value: number) => number): Estimate {
  return estimateBetween({ lower: change(lower), median: change(median), upper: change(upper) });
}

function unfitness(tier: Tier, grade: Grade): { unfit?: string } {
  if (grade === 'beyond') return { unfit: 'more than twice the workers that were measured' };
  return tier === 'T4' ? { unfit: 'its processor was neither measured nor calibrated' } : {};
}
