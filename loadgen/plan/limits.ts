/**
 * What a host can carry, worked out before the first connection: how many load processes, how many source
 * addresses, and which limit stands in the way. Pure arithmetic; the caller reads the host and refuses.
 */

/** Descriptors a process keeps for everything that is no user: files, pipes, links, loaded libraries. */
const RESERVED_DESCRIPTORS = 512;

/** Users from one loopback address. With many more, the kernel spends its time searching for a free port. */
const USERS_PER_ADDRESS = 500;

/** Memory of one user: 6 KB in a load process, and 8 KB in a worker when the target runs on this host. */
const GENERATOR_BYTES_PER_USER = 6_000;
const TARGET_BYTES_PER_USER = 8_000;

/** The test and the facts of the host it is to run on. */
export interface HostLimits {
  users: number;
  /** Descriptors one process may open. */
  fdLimit: number;
  /** First and last port the kernel gives to outgoing connections. */
  portRange: readonly [first: number, last: number];
  /** Memory that is free. */
  memoryBytes: number;
  /** Workers of a target on this host; null when the target runs elsewhere. */
  workers: number | null;
  /** Whether the target is reached over loopback, where every address of 127.0.0.0/8 is ours. */
  loopback: boolean;
  /** Addresses of this host to connect from where that is not loopback. Default 1. */
  addresses?: number;
  /** Load processes wanted at least. Default 1. */
  leastProcesses?: number;
}

/** How a test fits on a host. */
export interface Fit {
  /** Load processes: as few as hold all users, and no more than one a user. */
  processes: number;
  /** Users of the largest share. */
  usersPerProcess: number;
  /** Addresses to connect from, in turn. Empty: the kernel chooses. */
  sourceAddresses: string[];
  /** One sentence for each limit that stands in the way, with what lifts it. Empty: it fits. */
  problems: string[];
}

/** Works out how a test fits on a host. Never throws: a test that does not fit has problems. */
export function fitToHost(host: HostLimits): Fit {
  const room = Math.max(1, host.fdLimit - RESERVED_DESCRIPTORS);
  const wanted = Math.max(host.leastProcesses ?? 1, Math.ceil(host.users / room));
  const processes = Math.min(host.users, wanted);
  const problems = [checkDescriptors(host), checkWorkers(host), checkPorts(host), checkMemory(host)];
  return {
    processes,
    usersPerProcess: Math.ceil(host.users / processes),
    sourceAddresses: host.loopback ? loopbackAddresses(Math.ceil(host.users / usersPerAddress(host))) : [],
    problems: problems.filter((problem) => problem !== null),
  };
}

/** The first loopback addresses from 127.0.1.1 on, without those that end in 0 or 255. */
export function loopbackAddresses(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const block = Math.floor(n / 254) + 1;
    return `127.${Math.floor(block / 256)}.${block % 256}.${(n % 254) + 1}`;
  });
}

function checkDescriptors({ fdLimit }: HostLimits): string | null {
  if (fdLimit > RESERVED_DESCRIPTORS) return null;
  const reserve = `${RESERVED_DESCRIPTORS} of them are kept for other things`;
  return `Cannot open any user: the limit of descriptors a process is ${fdLimit} and ${reserve}; raise it with "ulimit -n 20000"`;
}

function checkWorkers({ users, workers, fdLimit }: HostLimits): string | null {
  if (workers === null) return null;
  const share = Math.ceil(users / workers);
  const room = fdLimit - RESERVED_DESCRIPTORS;
  if (room < 1 || share <= room) return null;
  const enough = `use --workers ${Math.ceil(users / room)} or raise it with "ulimit -n ${share + RESERVED_DESCRIPTORS}"`;
  return `Cannot hold ${users} users in "workers" ${workers}: each would hold ${share}, its limit of descriptors leaves room for ${room}; ${enough}`;
}

function checkPorts({ users, portRange: [first, last], loopback, addresses = 1 }: HostLimits): string | null {
  const ports = last - first + 1;
  if (loopback || users <= ports * Math.max(1, addresses)) return null;
  const each = addresses > 1 ? ` for each of ${addresses} addresses` : '';
  const remedy = 'widen it with "sysctl -w net.ipv4.ip_local_port_range=\'1024 65535\'" or use more agents';
  return `Cannot open ${users} connections to one target: the port range ${first} to ${last} has ${ports}${each}; ${remedy}`;
}

function checkMemory({ users, workers, memoryBytes }: HostLimits): string | null {
  const perUser = GENERATOR_BYTES_PER_USER + (workers === null ? 0 : TARGET_BYTES_PER_USER);
  const needed = users * perUser;
  if (needed <= memoryBytes) return null;
  const room = Math.floor(memoryBytes / perUser);
  return `Cannot hold ${users} users in memory: they need about ${gigabytes(needed)}, ${gigabytes(memoryBytes)} are free; use --users ${room} or a host with more`;
}

function usersPerAddress({ portRange: [first, last] }: HostLimits): number {
  return Math.max(1, Math.min(USERS_PER_ADDRESS, last - first + 1));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
