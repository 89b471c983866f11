/** The facts of this host that a run depends on. */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, freemem, release, totalmem } from 'node:os';
import { descriptorLimit } from '../../server/process/index.ts';
import { type HostFacts, megabytes } from '../results/index.ts';

/** The range the kernel takes where it does not say. */
const USUAL_PORTS: readonly [number, number] = [32_768, 60_999];
const MEGABYTES_PER_GIGABYTE = 1_000;

/** Reads the facts that go into the record. */
export function readHost(): HostFacts {
  return {
    cpus: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGB: megabytes(totalmem()) / MEGABYTES_PER_GIGABYTE,
    kernel: release(),
    node: process.version,
    fdLimit: descriptorLimit(),
  };
}

/** Memory that a run could still take, bytes: what is free and what the kernel would give up for it. */
export function availableMemory(): number {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(readOrEmpty('/proc/meminfo'))?.[1];
  return available === undefined ? freemem() : Number(available) * 1_024;
}

/** First and last port that the kernel gives to outgoing connections. */
export function portRange(): readonly [first: number, last: number] {
  const [first, last] = readOrEmpty('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number);
  return first === undefined || last === undefined || Number.isNaN(first) ? USUAL_PORTS : [first, last];
}

/** A file of /proc, or nothing where there is no /proc. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
