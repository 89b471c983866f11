/** What a network consists of, as lines for `ip`. Pure: nothing is made here. */

/** Hosts by their names, each with the names of the segments it has a line to. */
export type HostPlan = Readonly<Record<string, readonly string[]>>;

/** A line from a host to a segment. */
export interface Line {
  host: string;
  segment: string;
  /** The host's address there. */
  address: string;
}

/** Lines for `ip -batch`: those that make namespaces and lines, and those that are run inside of each namespace. */
export interface Batches {
  outside: string[];
  inside: ReadonlyMap<string, string[]>;
}

/** Interfaces of Linux have names of at most 15 characters. */
const NAME = /^[a-z][a-z0-9-]{0,14}$/;

/** Names that interfaces have already: loopback and the bridge of a segment. */
const TAKEN = new Set(['lo', 'bridge']);

/** The project's own range is 10.77.0.0/16: a /24 for each segment. */
const MOST_HOSTS = 254;
const MOST_SEGMENTS = 256;

/**
 * Gives every line its address: `10.77.S.H`, by the order in which segments and hosts are named.
 *
 * @throws RangeError for names that no interface can have, and for more than an address has room for.
 */
export function planLines(plan: HostPlan): Line[] {
  const hosts = Object.keys(plan);
  const segments = [...new Set(Object.values(plan).flat())];
  for (const name of [...hosts, ...segments]) checkName(name);
  if (hosts.length > MOST_HOSTS || segments.length > MOST_SEGMENTS) {
    throw new RangeError(
      `Cannot plan ${hosts.length} hosts on ${segments.length} segments: wanted at most ${MOST_HOSTS} on ${MOST_SEGMENTS}`,
    );
  }
  const both = hosts.find((name) => segments.includes(name));
  if (both !== undefined)
    throw new RangeError(`Cannot name a host and a segment "${both}": wanted two names`);
  return hosts.flatMap((host, index) =>
    (plan[host] ?? []).map((segment) => ({
      host,
      segment,
      address: `10.77.${segments.indexOf(segment)}.${index + 1}`,
    })),
  );
}

/**
 * Returns what makes the network. A host's interface has the name of its segment; the other end of the line is a port
 * of the segment's bridge, which has a namespace of its own, and has the name of the host. So nothing of all this is
 * seen by the machine itself, and two networks with the same addresses do not meet.
 */
export function planBatches(plan: HostPlan, lines: readonly Line[], prefix: string): Batches {
  const hosts = Object.keys(plan);
  const segments = [...new Set(lines.map(({ segment }) => segment))];
  const inside = new Map<string, string[]>();
  for (const segment of segments) {
    const ports = lines.filter((line) => line.segment === segment).map(({ host }) => host);
    inside.set(segment, [
      'link set dev lo up',
      'link add name bridge type bridge',
      ...ports.map((port) => `link set dev ${port} master bridge up`),
      'link set dev bridge up',
    ]);
  }
  for (const host of hosts) {
    const own = lines.filter((line) => line.host === host);
    inside.set(host, [
      'link set dev lo up',
      ...own.flatMap(({ segment, address }) => [
        `address add ${address}/24 dev ${segment}`,
        `link set dev ${segment} up`,
      ]),
    ]);
  }
  return {
    outside: [
      ...[...segments, ...hosts].map((name) => `netns add ${prefix}${name}`),
      ...lines.map(
        ({ host, segment }) =>
          `link add name ${segment} netns ${prefix}${host} type veth peer name ${host} netns ${prefix}${segment}`,
      ),
    ],
    inside,
  };
}

function checkName(name: string): void {
  if (NAME.test(name) && !TAKEN.has(name)) return;
  throw new RangeError(
    `Cannot name a host or a segment "${name}": wanted are 1 to 15 lower-case letters, digits and hyphens, not ${[...TAKEN].join(' or ')}`,
  );
}
