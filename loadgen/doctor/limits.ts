/**
 * How many users each limit of a host lets through, and the command that lifts it. Pure arithmetic: users scale
 * the scenario as it is, with as many messages for each.
 */
import type { Resolved } from '../plan/resolve/index.ts';
import type { Cost } from './cost.ts';
import type { Facts } from './facts.ts';

/** One limit of the host. */
export interface Limit {
  name: string;
  /** Users it lets through. */
  users: number;
  /** What it is now, for people. */
  now: string;
  /** The command, or what else, that lifts it. */
  remedy: string;
}

/** A run that is asked about. */
export interface Question {
  resolved: Resolved;
  facts: Facts;
  /** What it takes on this host: both sides, or the generator's alone when the target is elsewhere. */
  cost: { generator: Cost; target: Cost | null };
  /** Whether every address of 127.0.0.0/8 can be connected from. */
  loopback: boolean;
}

/** Of the cores, what a run may take before its queues grow. */
const MOST_CORES = 0.85;

/** Descriptors a process keeps for everything that is no user. */
const RESERVED_DESCRIPTORS = 512;

/** Time for which a busy process may leave new connections waiting, seconds. */
const QUEUE_SECONDS = 0.1;

/** Memory of TCP behind a connection: a page in each of its buffers. */
const TCP_BYTES = 8_192;

/** The widest range of ports. */
const FIRST_PORT = 1_024;
const LAST_PORT = 65_535;

/** Addresses of loopback that are used at most. */
const LOOPBACK_ADDRESSES = 64_000;

/** Finds every limit, the one that binds first at the beginning. */
export function findLimits(question: Question): Limit[] {
  return [
    ...processor(question),
    ...memory(question),
    ...descriptors(question),
    ...ports(question),
    ...tables(question),
    ...queues(question),
  ].sort((one, other) => one.users - other.users);
}

function processor({ resolved, facts, cost }: Question): Limit[] {
  const cores = cost.generator.cores + (cost.target?.cores ?? 0);
  const of = (available: number): number =>
    Math.floor((resolved.plan.users * available * MOST_CORES) / Math.max(cores, Number.EPSILON));
  const { cpus, cpuQuota } = facts;
  const limits = [
    {
      name: 'processor',
      users: of(cpus),
      now: `${cpus} cores`,
      remedy: 'a host with more, or agents on others',
    },
  ];
  if (cpuQuota !== undefined && cpuQuota < cpus) {
    limits.push({
      name: 'CPU quota',
      users: of(cpuQuota),
      now: `${cpuQuota.toFixed(2)} cores of ${cpus}`,
      remedy: 'give the control group more: cpu.max, "docker run --cpus", or resources.limits.cpu',
    });
  }
  return limits;
}

function memory({ resolved: { plan }, facts, cost }: Question): Limit[] {
  const { memoryBytes, memoryRoomBytes } = facts;
  const sides = [cost.generator, ...(cost.target ? [cost.target] : [])];
  const perUser = sides.reduce((sum, side) => sum + side.userBytes, 0);
  const fixed = sides.reduce((sum, side) => sum + side.memoryBytes, 0) - plan.users * perUser;
  const of = (bytes: number): number => Math.max(0, Math.floor((bytes - fixed) / perUser));
  const limits = [
    {
      name: 'memory',
      users: of(memoryBytes),
      now: `${gigabytes(memoryBytes)} free`,
      remedy: 'a host with more, or agents on others',
    },
  ];
  if (memoryRoomBytes !== undefined && memoryRoomBytes < memoryBytes) {
    limits.push({
      name: 'memory limit',
      users: of(memoryRoomBytes),
      now: `${gigabytes(memoryRoomBytes)} left in the control group`,
      remedy: 'give the control group more: memory.max, "docker run --memory", or resources.limits.memory',
    });
  }
  return limits;
}

function descriptors({ resolved: { plan, target }, facts, cost }: Question): Limit[] {
  const { fdLimit, fdHard, files } = facts;
  const limits: Limit[] = [];
  // Load processes are added as needed; workers are as many as the scenario says.
  if (cost.target !== null || fdLimit <= RESERVED_DESCRIPTORS) {
    const workers = cost.target === null ? 1 : target.workers;
    const wanted = Math.ceil(plan.users / workers) + RESERVED_DESCRIPTORS;
    limits.push({
      name: 'descriptors',
      users: workers * Math.max(0, fdLimit - RESERVED_DESCRIPTORS),
      now: `${fdLimit} a process${fdHard === undefined ? '' : `, ${fdHard} at most`}, ${workers} workers`,
      remedy: `"ulimit -n ${wanted}", or more --workers`,
    });
  }
  if (files !== undefined) {
    const sockets = cost.target === null ? 1 : 2;
    limits.push({
      name: 'open files',
      users: Math.floor((files.most - files.open) / sockets),
      now: `${files.open} of ${files.most} on the host`,
      remedy: `"sysctl -w fs.file-max=${files.open + sockets * plan.users * 2}"`,
    });
  }
  return limits;
}

function ports({ facts, loopback }: Question): Limit[] {
  const { portRange, reservedPorts, addresses } = facts;
  const [first, last] = portRange;
  const each = Math.max(0, last - first + 1 - reservedPorts);
  const from = loopback ? LOOPBACK_ADDRESSES : Math.max(1, addresses);
  const users = each * from;
  const now = `${each} ports from ${first} to ${last}, for each of ${from} addresses`;
  // Where there are no more ports to be had, it is addresses that are too few.
  if (first <= FIRST_PORT && last === LAST_PORT) {
    const remedy = '"ip address add ADDRESS dev DEVICE" for each further one, or agents on other hosts';
    return [{ name: 'source addresses', users, now, remedy }];
  }
  const remedy = `"sysctl -w net.ipv4.ip_local_port_range='${FIRST_PORT} ${LAST_PORT}'"`;
  return [{ name: 'ports', users, now, remedy }];
}

function tables({ resolved: { plan }, facts, cost }: Question): Limit[] {
  const { conntrack, tcpMemoryBytes } = facts;
  const limits: Limit[] = [];
  if (conntrack !== undefined) {
    limits.push({
      name: 'conntrack',
      users: Math.max(0, conntrack.most - conntrack.count),
      now: `${conntrack.count} of ${conntrack.most} followed by the firewall`,
      remedy: `"sysctl -w net.netfilter.nf_conntrack_max=${conntrack.count + 2 * plan.users}"`,
    });
  }
  if (tcpMemoryBytes !== undefined) {
    const each = TCP_BYTES * (cost.target === null ? 1 : 2);
    const pages = Math.ceil((2 * plan.users * each) / 4_096);
    limits.push({
      name: 'TCP memory',
      users: Math.floor(tcpMemoryBytes / each),
      now: gigabytes(tcpMemoryBytes),
      remedy: `"sysctl -w net.ipv4.tcp_mem='${pages} ${pages} ${pages}'"`,
    });
  }
  return limits;
}

/** They hold a target back that is on this host, and no users at all but those that come at one moment. */
function queues({ resolved: { plan }, facts, cost }: Question): Limit[] {
  if (cost.target === null) return [];
  const fastest = Math.max(1, ...plan.arrivals.stages.map(({ rate }) => Math.max(rate.from, rate.to)));
  const wanted = Math.ceil(Math.min(fastest * QUEUE_SECONDS, plan.users));
  const of = (name: string, length: number | undefined, setting: string): Limit[] =>
    length === undefined || length >= wanted
      ? []
      : [
          {
            name,
            users: Math.floor((plan.users * length) / wanted),
            now: `${length}, with ${Math.round(fastest)} users a second`,
            remedy: `"sysctl -w ${setting}=${wanted * 2}"`,
          },
        ];
  return [
    ...of('listen queue', facts.listenQueue, 'net.core.somaxconn'),
    ...of('SYN queue', facts.synQueue, 'net.ipv4.tcp_max_syn_backlog'),
  ];
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
