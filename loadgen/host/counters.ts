/** What the kernel counts of the network and its tables. A few small files: one reading takes about 0.1 ms. */
import { figureIn, readKernel, readNumber } from './proc.ts';

/** Counters since the start of the host, or of its network namespace. */
export interface NetworkCounters {
  segmentsSent: number;
  segmentsRetransmitted: number;
  /** Connections that were turned away because a listener's queue was full. */
  listenOverflows: number;
}

/** How full the tables of the host are now, 0 to 1 each. 0 where there is no such table. */
export interface TableShares {
  /** Connections that the firewall follows. */
  conntrack: number;
  /** Files that are open on the whole host. */
  files: number;
  /** Memory in the buffers of TCP. */
  socketMemory: number;
}

/** Reads the counters of the network. */
export function readNetwork(): NetworkCounters {
  const snmp = readKernel('/proc/net/snmp');
  return {
    segmentsSent: figureIn(snmp, 'Tcp', 'OutSegs'),
    segmentsRetransmitted: figureIn(snmp, 'Tcp', 'RetransSegs'),
    listenOverflows: figureIn(readKernel('/proc/net/netstat'), 'TcpExt', 'ListenOverflows'),
  };
}

/** Reads how full the tables are. */
export function readTables(): TableShares {
  const [opened = 0, , mostOpen = 0] = numbersIn(readKernel('/proc/sys/fs/file-nr'));
  const pages = Number(/^TCP:.* mem (\d+)/m.exec(readKernel('/proc/net/sockstat'))?.[1] ?? 0);
  const [, , mostPages = 0] = numbersIn(readKernel('/proc/sys/net/ipv4/tcp_mem'));
  return {
    conntrack: share(
      readNumber('/proc/sys/net/netfilter/nf_conntrack_count'),
      readNumber('/proc/sys/net/netfilter/nf_conntrack_max'),
    ),
    files: share(opened, mostOpen),
    socketMemory: share(pages, mostPages),
  };
}

/** Milliseconds for which this process's main thread was ready to run and had no processor, ever. */
export function waitedMs(): number {
  const [, waited = '0'] = readKernel('/proc/self/schedstat').split(' ');
  return Number(waited) / 1_000_000;
}

function numbersIn(text: string): number[] {
  return text.trim().split(/\s+/).map(Number);
}

function share(part = 0, whole = 0): number {
  return whole > 0 ? part / whole : 0;
}
