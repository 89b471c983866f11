/** From a URL to a target. */
import { lookup } from 'node:dns/promises';
import { ClusterError } from '../../../server/errors/index.ts';
import type { DriverName } from '../../plan/index.ts';
import { redactUrl } from '../../plan/secrets/index.ts';
import { DEFAULT_PATH, type Target } from '../target.ts';
import { authorizationOf } from './authorization.ts';

/** A target that runs already. */
export interface ForeignTarget extends Target {
  /** The one behind its host's name. */
  address: string;
  /** The header that tells who asks; none when its URL does not name anybody. */
  authorization: Record<string, string>;
}

/** A URL with a path, be it only `/`: once parsed, all of them have one. */
const WITH_PATH = /^\s*\w+:[/\\]*[^/\\?#]+[/\\]/;
/** Ports of URLs that name none. */
const defaultPorts: Record<string, number> = { 'ws:': 80, 'wss:': 443 };

/**
 * Finds a target that runs already. A path is taken as it is written, `/` as well; a URL without one means
 * `/socketcluster/`, to plain messages `/`.
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
  const path = (WITH_PATH.test(url) || driver === 'websocket' ? pathname : DEFAULT_PATH) + search;
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    address: await addressOf(host, url),
    authorization: authorizationOf(parsed),
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
