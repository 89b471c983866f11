/** From a URL to a target. */
import { lookup } from 'node:dns/promises';
import { ClusterError } from '../../../server/errors/index.ts';
import type { DriverName } from '../../plan/index.ts';
import { redactUrl } from '../../plan/secrets/index.ts';
import type { Target } from '../target.ts';

/** A target that runs already, and the address behind its host's name. */
export type ForeignTarget = Target & { address: string };

/** Where SocketCluster is spoken unless somebody says otherwise. */
const DEFAULT_PATH = '/socketcluster/';
/** Ports of URLs that name none. */
const defaultPorts: Record<string, number> = { 'ws:': 80, 'wss:': 443 };

/**
 * Finds a target that runs already. A URL without a path means `/socketcluster/`, to plain messages `/`.
 *
 * @throws ClusterError OPTION_INVALID for a URL that is no `ws://host:port/path`, TARGET_UNREACHABLE for a
 *   host nobody knows.
 */
export async function findTarget(url: string, driver: DriverName): Promise<ForeignTarget> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const defaultPort = defaultPorts[parsed?.protocol ?? ''];
  if (parsed === undefined || defaultPort === undefined) {
    throw new ClusterError(
      `Cannot use target "${redactUrl(url)}": wanted is ws://host:port/path or wss://…`,
      {
        code: 'OPTION_INVALID',
      },
    );
  }
  const { protocol, pathname, search, port } = parsed;
  const path = (pathname === '/' && driver !== 'websocket' ? DEFAULT_PATH : pathname) + search;
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    address: await addressOf(host, url),
    port: port === '' ? defaultPort : Number(port),
    path,
    url: `${protocol}//${parsed.host}${path}`,
    ended: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}

async function addressOf(host: string, url: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw new ClusterError(
      `Cannot reach target "${redactUrl(url)}": no address is known for the host "${host}"`,
      { code: 'TARGET_UNREACHABLE', cause: error },
    );
  }
}
