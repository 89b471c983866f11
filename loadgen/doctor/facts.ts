/** Every fact of this host that limits how many users it carries. */
import { cpuQuota, memoryRoom, mostAddresses, readKernel, readNumber } from '../host/index.ts';
import type { HostFacts } from '../results/index.ts';
import { availableMemory, portRange, readHost } from './host.ts';

/** What the host grants. Undefined where the kernel has no such limit. */
export interface Facts extends HostFacts {
  /** Cores that the control group grants; undefined for all of them. */
  cpuQuota?: number;
  /** Bytes that are free or would be given up, and bytes below the control group's limit. */
  memoryBytes: number;
  memoryRoomBytes?: number;
  /** Most descriptors that a process may ask for; `fdLimit` is what it has. */
  fdHard?: number;
  /** Files open on the host, and how many may be. */
  files?: { open: number; most: number };
  portRange: readonly [first: number, last: number];
  /** Ports in that range that are kept for others. */
  reservedPorts: number;
  /** IPv4 addresses of the interface that has most, besides loopback. */
  addresses: number;
  /** Longest queue of connections nobody accepted yet, and of those not yet established. */
  listenQueue?: number;
  synQueue?: number;
  /** Connections that the firewall follows. */
  conntrack?: { count: number; most: number };
  /** Bytes that the buffers of TCP may take. */
  tcpMemoryBytes?: number;
}

const PAGE_BYTES = 4_096;

/** Reads all facts. Takes a few milliseconds. */
export function readFacts(): Facts {
  const [open = 0, , mostFiles] = numbersIn('/proc/sys/fs/file-nr');
  const pages = numbersIn('/proc/sys/net/ipv4/tcp_mem')[2];
  const hard = /^Max open files\s+\S+\s+(\d+)/m.exec(readKernel('/proc/self/limits'))?.[1];
  const followed = readNumber('/proc/sys/net/netfilter/nf_conntrack_max');
  return {
    ...readHost(),
    memoryBytes: availableMemory(),
    portRange: portRange(),
    reservedPorts: countPorts(readKernel('/proc/sys/net/ipv4/ip_local_reserved_ports'), portRange()),
    addresses: mostAddresses(),
    ...known('cpuQuota', cpuQuota() ?? undefined),
    ...known('memoryRoomBytes', memoryRoom() ?? undefined),
    ...known('fdHard', hard === undefined ? undefined : Number(hard)),
    ...known('files', mostFiles === undefined ? undefined : { open, most: mostFiles }),
    ...known('listenQueue', readNumber('/proc/sys/net/core/somaxconn')),
    ...known('synQueue', readNumber('/proc/sys/net/ipv4/tcp_max_syn_backlog')),
    ...known('conntrack', followed === undefined ? undefined : { count: countFollowed(), most: followed }),
    ...known('tcpMemoryBytes', pages === undefined ? undefined : pages * PAGE_BYTES),
  };
}

/** Counts the ports of a list as `8080,9000-9010` that lie in a range. */
export function countPorts(list: string, [first, last]: readonly [number, number]): number {
  const parts = list.trim().split(',').filter(Boolean);
  return parts.reduce((sum, part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return sum + Math.max(0, Math.min(to, last) - Math.max(from, first) + 1);
  }, 0);
}

function countFollowed(): number {
  return readNumber('/proc/sys/net/netfilter/nf_conntrack_count') ?? 0;
}

function numbersIn(path: string): number[] {
  return readKernel(path).trim().split(/\s+/).filter(Boolean).map(Number);
}

/** A field, or none: what the kernel does not limit is not in the facts. */
function known<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Record<Name, Value> | Record<never, never> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}
