/** Everything that can stop one host of a fleet: what there is of it, and what users take. */
import { busiestShare } from '../../costs/index.ts';
import { type Instance, limits, networkOf, trackedConnectionsOf } from '../../instances/index.ts';
import type { CompleteQuestion, Prediction } from '../question.ts';
import type { Bound, Supply } from './chance.ts';
import type { Evidence } from './evidence.ts';
import { busyOf, type Traffic, trafficOf } from './traffic.ts';

/** What can bind. */
export type LimitName =
  | 'busiest worker'
  | 'broker'
  | 'processors'
  | 'memory'
  | 'network'
  | 'link between hosts'
  | 'packets'
  | 'tracked connections'
  | 'descriptors'
  | 'ports';

/** A limit by its name. */
export interface Limit extends Bound {
  readonly name: LimitName;
}

/** A host that is asked about. */
export interface Host {
  readonly instance: Instance;
  /** Hosts of the fleet it is one of. */
  readonly nodes: number;
  readonly evidence: Evidence;
  /** Capacity of its workers on the machine that was measured. */
  readonly prediction: Prediction;
}

const MICROSECONDS = 1_000_000;
const BITS = 8;

/** Share of the memory that garbage collection needs to work in. */
const COLLECTION_RESERVE = 0.3;

/** Descriptors a process keeps for everything that is no user. */
const RESERVED_DESCRIPTORS = 512;

/** Lists the limits of a host; those that nobody knows, and those that cannot bind, are not in it. */
export function limitsOf(host: Host, question: CompleteQuestion): Limit[] {
  const traffic = trafficOf(question.rates, host.nodes);
  return [
    ...processing(host, question, traffic),
    memory(host, question),
    ...network(host, question, traffic),
    ...connections(host, question),
  ];
}

function processing(
  { instance, evidence, prediction }: Host,
  { measured, rates, workersOn, brokers }: CompleteQuestion,
  { crossings }: Traffic,
): Limit[] {
  const { costs, usersPerWorker, hotChannels = 1 } = measured;
  const workers = workersOn(instance.vcpus);
  const speed = evidence.speed * instance.sustained;
  const uneven = usersPerWorker === undefined ? 1 : skewOf(usersPerWorker, workers);
  const roles = [costs.worker, costs.broker, ...(costs.balancer ? [costs.balancer] : [])];
  const each = roles.map((role) => busyOf(role, rates, role === costs.broker ? crossings : 0));
  const ofCosts = (processes: number): Supply => ({
    median: processes * MICROSECONDS * speed,
    spread: Math.hypot(costs.spread, evidence.spread),
  });
  return [
    {
      name: 'busiest worker',
      supply: {
        median: (prediction.median / workers) * speed,
        spread: Math.hypot(prediction.spread, evidence.spread),
      },
      demandOf: (users) => ((busiestShare(users, workers) * hotChannels) / uneven) * rates.load,
    },
    { name: 'broker', supply: ofCosts(brokers), demandOf: scaled(each[1] ?? 0) },
    {
      name: 'processors',
      supply: ofCosts(instance.vcpus),
      demandOf: scaled(each.reduce((sum, one) => sum + one, 0)),
    },
  ];
}

/** Times by which the busiest worker had more users than the mean one. */
function skewOf(usersPerWorker: number, workers: number): number {
  return busiestShare(usersPerWorker * workers, workers) / usersPerWorker;
}

function memory({ instance }: Host, { measured, workersOn }: CompleteQuestion): Limit {
  const { perSocket, perWorker, host } = measured.memory;
  const taken = host + workersOn(instance.vcpus) * perWorker;
  return {
    name: 'memory',
    supply: {
      median: instance.memoryBytes * (1 - COLLECTION_RESERVE) - taken,
      spread: perSocket.spread,
    },
    demandOf: scaled(perSocket.median),
  };
}

function network(
  { instance, nodes }: Host,
  { clients, packetsOf }: CompleteQuestion,
  { bytesIn, bytesOut, packets, crossingBytes }: Traffic,
): Limit[] {
  const bandwidth = networkOf(instance, clients);
  const most = packetsOf(instance.type);
  return [
    ...certain('network', bandwidth, Math.max(bytesIn, bytesOut) * BITS),
    ...certain('packets', most, packets),
    ...certain('link between hosts', nodes > 1 ? limits.singleFlow.value : undefined, crossingBytes * BITS),
  ];
}

function connections({ instance }: Host, question: CompleteQuestion): Limit[] {
  const { isTracked, descriptors, clientAddresses, workersOn } = question;
  const workers = workersOn(instance.vcpus);
  const tracked: Limit = {
    name: 'tracked connections',
    supply: trackedConnectionsOf(instance),
    demandOf: scaled(1),
  };
  return [
    ...(isTracked ? [tracked] : []),
    {
      name: 'descriptors',
      supply: { median: descriptors - RESERVED_DESCRIPTORS, spread: 0 },
      demandOf: (users) => busiestShare(users, workers),
    },
    ...(Number.isFinite(clientAddresses)
      ? certain('ports', clientAddresses * limits.portsPerAddress.value, 1)
      : []),
  ];
}

function certain(name: LimitName, median: number | undefined, each: number): Limit[] {
  return median === undefined ? [] : [{ name, supply: { median, spread: 0 }, demandOf: scaled(each) }];
}

function scaled(each: number): (users: number) => number {
  return (users) => users * each;
}
