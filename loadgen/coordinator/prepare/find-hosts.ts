/** A target that runs already on one host or several: where its users go, and where its hosts tell of themselves. */
import { lookup } from 'node:dns/promises';
import { isDeepStrictEqual } from 'node:util';
import { ClusterError } from '../../../server/errors/index.ts';
import { isLoopback } from '../../doctor/index.ts';
import type { DriverName } from '../../plan/index.ts';
import { redactUrl } from '../../plan/secrets/index.ts';
import { fetchState } from '../../probe/index.ts';
import { type ForeignTarget, findTarget } from '../foreign/index.ts';

/** What is asked for on the command line. */
export interface HostsRequest {
  /** URL of the target. */
  target: string;
  /** URLs of its further hosts. */
  further?: readonly string[] | undefined;
  /** URLs of admin endpoints of SocketCluster, one a host, or one with a name that all hosts have. */
  admin?: readonly string[] | undefined;
}

/** A target with all its hosts. */
export interface FoundHosts extends ForeignTarget {
  others: ForeignTarget[];
}

/** Finds the addresses of a name, in the order in which they are to be used. */
type Lookup = (name: string) => Promise<{ address: string; family: number }[]>;

/**
 * Finds them. A name that stands for several addresses, as that of a headless Service, is one host at each.
 *
 * @throws ClusterError OPTION_INVALID for URLs that do not go together, or hosts that cannot be told apart;
 *   TARGET_UNREACHABLE for a host that nobody knows, or an admin endpoint that does not answer.
 */
export async function findHosts(
  request: HostsRequest,
  driver: DriverName,
  findAddresses: Lookup = (name) => lookup(name, { all: true }),
): Promise<FoundHosts> {
  const { target, further = [], admin = [] } = request;
  const first = await findTarget(target, driver);
  const others = await Promise.all(further.map((url) => findTarget(url, driver)));
  for (const other of others) refuseStranger(first, other);
  const hostStateUrls = (await Promise.all(admin.map((url) => stateUrlsOf(url, findAddresses)))).flat();
  await checkNames(hostStateUrls);
  return { ...first, others, ...(hostStateUrls.length > 0 && { hostStateUrls }) };
}

/** All hosts are asked for the same thing, from the same addresses. */
function refuseStranger(first: ForeignTarget, other: ForeignTarget): void {
  const [one, two] = [new URL(first.url), new URL(other.url)];
  const isSameUser = isDeepStrictEqual(first.authorization, other.authorization);
  const same = one.protocol === two.protocol && first.path === other.path && isSameUser;
  if (same && isLoopback(first.address) === isLoopback(other.address)) return;
  const wanted = same ? 'both on loopback or neither' : 'the same protocol, path and user';
  throw new ClusterError(
    `Cannot use targets "${redactUrl(first.url)}" and "${redactUrl(other.url)}" as hosts of one: wanted is ${wanted}`,
    { code: 'OPTION_INVALID' },
  );
}

async function stateUrlsOf(url: string, findAddresses: Lookup): Promise<string[]> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:') {
    throw new ClusterError(`Cannot use admin endpoint "${redactUrl(url)}": wanted is http://host:port`, {
      code: 'OPTION_INVALID',
    });
  }
  const found = await findAddresses(parsed.hostname).catch(() => []); // who asks there says what is wrong
  const addresses = found.filter(({ family }) => family === found[0]?.family); // of both families it is one host
  if (addresses.length < 2) return [`${parsed.origin}/state`];
  return addresses.map(({ address, family }) => {
    parsed.hostname = family === 6 ? `[${address}]` : address;
    return `${parsed.origin}/state`;
  });
}

/** Of one host the numbers of its workers are enough; of several each has to have a name. */
async function checkNames(urls: readonly string[]): Promise<void> {
  const names = await Promise.all(urls.map(nameAt));
  names.forEach((name, n) => {
    if (names.length === 1 || (name !== undefined && names.indexOf(name) === n)) return;
    const current = name === undefined ? 'it has no name' : `"${name}" is the name of another`;
    throw new ClusterError(
      `Cannot tell the host at "${urls[n]}" from others: ${current}, wanted is an option hostName of its own`,
      { code: 'OPTION_INVALID' },
    );
  });
}

async function nameAt(url: string): Promise<string | undefined> {
  const state = await fetchState(url);
  if (state !== undefined) return state.host;
  throw new ClusterError(`Cannot reach the admin endpoint "${url}": wanted is one that answers`, {
    code: 'TARGET_UNREACHABLE',
  });
}
