/** Limits of EC2 that bind whatever the server does, each with where it was read. */

import type { Instance } from './instance.ts';
import { type Tier, tiers } from './tiers.ts';

/** A figure and where it was read. */
export interface Sourced {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
}

const BANDWIDTH = 'AWS, "Amazon EC2 instance network bandwidth"';
const TRACKING = 'AWS, "Amazon EC2 security group connection tracking"';

/** Published limits. */
export const limits = {
  /** Connections that security groups follow on the one type for which somebody published the number. */
  trackedConnections: {
    value: 76_957,
    unit: 'connections on m7i-flex.large',
    source: 'millionws-bench, a run that stopped at 76,952 connections',
  },
  singleFlow: { value: 5e9, unit: 'bit/s outside of a placement group', source: BANDWIDTH },
  /** To the internet and to other regions, for types of less than 32 vCPUs. */
  internet: { value: 5e9, unit: 'bit/s', source: BANDWIDTH },
  /** The same for types of 32 vCPUs or more, where it is more than that. */
  internetShare: { value: 0.5, unit: 'of the bandwidth', source: BANDWIDTH },
  internetShareFrom: { value: 32, unit: 'vCPUs', source: BANDWIDTH },
  /** Between one address of a client and one port of the server: all ports from 1,024 on. */
  portsPerAddress: { value: 64_512, unit: 'connections', source: 'RFC 6056, section 3.2' },
  idleTimeout: { value: 432_000, unit: 's until a silent tracked connection is forgotten', source: TRACKING },
  /** The least of all types: what the default is on those of the sixth Nitro. */
  idleTimeoutNitro6: { value: 350, unit: 's', source: 'AWS, API reference, ConnectionTrackingConfiguration' },
} as const satisfies Record<string, Sourced>;

/** Counters of the network driver that must not grow in a trial: where one does, the trial is limited by the network. */
export const allowanceCounters = [
  'bw_in_allowance_exceeded',
  'bw_out_allowance_exceeded',
  'pps_allowance_exceeded',
  'conntrack_allowance_exceeded',
  'linklocal_allowance_exceeded',
] as const;

/** Tells how many more connections can be followed; drivers from 2.8.1 on have it. */
export const TRACKING_LEFT_COUNTER = 'conntrack_allowance_available';

/** vCPUs of the type for which the number of tracked connections is published, and its name. */
const TRACKED = { type: 'm7i-flex.large', vcpus: 2, tier: 'T4' } as const satisfies {
  type: string;
  vcpus: number;
  tier: Tier;
};

/**
 * Gives the bandwidth towards clients that a type has all the time, bits per second in each direction; undefined where
 * nobody says. `clients` are outside unless they are in the same region.
 */
export function networkOf(
  { network, vcpus }: Pick<Instance, 'network' | 'vcpus'>,
  clients: 'internet' | 'region' = 'internet',
): number | undefined {
  if (network === undefined || clients === 'region') return network;
  const isLarge = vcpus >= limits.internetShareFrom.value;
  const outside = isLarge ? network * limits.internetShare.value : 0;
  return Math.min(network, Math.max(limits.internet.value, outside));
}

/**
 * Gives the connections that security groups can follow, with the standard deviation of its logarithm. One type is
 * published; others are taken to have as many for each vCPU, which is as uncertain as the last tier.
 */
export function trackedConnectionsOf({ type, vcpus }: Pick<Instance, 'type' | 'vcpus'>): {
  median: number;
  spread: number;
} {
  if (type === TRACKED.type) return { median: limits.trackedConnections.value, spread: 0 };
  return {
    median: (limits.trackedConnections.value * vcpus) / TRACKED.vcpus,
    spread: tiers[TRACKED.tier].spread,
  };
}

/**
 * Gives the sentence that warns of connections which are forgotten between two pings; undefined when all types keep
 * them for longer.
 */
export function warnOfIdle(pingSeconds: number): string | undefined {
  const { value } = limits.idleTimeoutNitro6;
  if (pingSeconds < value) return undefined;
  return `Users ping each ${pingSeconds} s, and some types forget a silent connection after ${value} s: ping more often`;
}
