/** Where the bus is and how to be let in, from what a person types. Pure. */
import { ClusterError } from '../../server/errors/index.ts';
import { REDACTED } from '../plan/secrets/index.ts';

/** What is needed to join. */
export interface BusAddress {
  /** As `host:port`. */
  servers: string[];
  /** Which agents and coordinators belong together: all subjects begin with it. */
  cluster: string;
  user?: string;
  password?: string;
  token?: string;
  /** File with a token and a key, as the tools of NATS write it. */
  credentialsFile?: string;
  /** Present: nothing is said before the line is encrypted. Files in PEM. */
  tls?: { caFile?: string; certFile?: string; keyFile?: string };
}

/** What is typed besides the URL. */
export interface BusWishes {
  cluster?: string | undefined;
  credentials?: string | undefined;
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
}

/** The cluster of those who name none. */
const DEFAULT_CLUSTER = 'bench';

const DEFAULT_PORT = 4_222;
/** A name that is one word of a subject: no dots and no wildcards. */
const WORD = /^[\w-]{1,64}$/;

/**
 * Reads `nats://user:password@host:4222`, several with commas between them; a single name before the `@` is a token.
 * Once is enough for who one is, and for a `tls://`, which insists on encryption with all of them.
 *
 * @throws ClusterError OPTION_INVALID; its sentence never holds what stands before an `@`.
 */
export function parseBusUrl(urls: string, wishes: BusWishes = {}): BusAddress {
  const { cluster = DEFAULT_CLUSTER, credentials, ca, cert, key } = wishes;
  if (!WORD.test(cluster)) {
    throw invalid(`Cannot use cluster name "${cluster}": wanted are up to 64 letters, digits, "_" and "-"`);
  }
  const parsed = urls.split(',').map((url) => parseOne(url.trim(), urls));
  const files = { ...named('caFile', ca), ...named('certFile', cert), ...named('keyFile', key) };
  const isEncrypted = parsed.some(({ protocol }) => protocol === 'tls:') || Object.keys(files).length > 0;
  return {
    servers: parsed.map(({ hostname, port }) => `${hostname}:${port || DEFAULT_PORT}`),
    cluster,
    ...whoIs(parsed, urls),
    ...named('credentialsFile', credentials),
    ...(isEncrypted ? { tls: files } : {}),
  };
}

function parseOne(url: string, urls: string): URL {
  const isKnown = /^(nats|tls):\/\/[^/]/.test(url) && URL.canParse(url);
  const parsed = isKnown ? new URL(url) : undefined;
  if (parsed === undefined || parsed.hostname === '' || !/^\/?$/.test(parsed.pathname + parsed.search)) {
    throw cannotUse(urls, 'nats://host:port or tls://host:port');
  }
  return parsed;
}

function whoIs(parsed: readonly URL[], urls: string): Pick<BusAddress, 'user' | 'password' | 'token'> {
  const users = parsed.filter(({ username }) => username !== '');
  const [first] = users;
  if (first === undefined) return {};
  if (users.some(({ username, password }) => username !== first.username || password !== first.password)) {
    throw cannotUse(urls, 'one user or token for all of its servers');
  }
  try {
    const user = decodeURIComponent(first.username);
    return first.password === '' ? { token: user } : { user, password: decodeURIComponent(first.password) };
  } catch (error) {
    throw cannotUse(urls, '"%25" for each "%" of user and password', error);
  }
}

/** A password may hold anything, commas and slashes as well: of what cannot be used all goes that may be one. */
function cannotUse(urls: string, wanted: string, cause?: unknown): ClusterError {
  const shown = urls.replace(/^([a-z]+:\/\/)?.*@/is, `$1${REDACTED}@`);
  return invalid(`Cannot use NATS URL "${shown}": wanted is ${wanted}`, cause);
}

function named<Name extends string>(name: Name, value: string | undefined): { [Each in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [Each in Name]?: string });
}

function invalid(message: string, cause?: unknown): ClusterError {
  return new ClusterError(message, { code: 'OPTION_INVALID', cause });
}
