/** The URL a client connects to. Pure. */

export interface AddressOptions {
  hostname: string;
  port: number;
  path: string;
  secure: boolean;
  protocolScheme?: string | undefined;
  query?: string | Readonly<Record<string, unknown>> | undefined;
  timestampRequests: boolean;
  timestampParam: string;
}

const USUAL_PORTS = new Set(['ws:80', 'wss:443']);

/** Returns the URL of the next attempt. `now` is the time stamp, ms, where one is wanted. */
export function formatUrl(options: AddressOptions, now: number): string {
  const scheme = options.protocolScheme ?? (options.secure ? 'wss' : 'ws');
  const port = USUAL_PORTS.has(`${scheme}:${options.port}`) ? '' : `:${options.port}`;
  const query = formatQuery(options, now);
  return `${scheme}://${options.hostname}${port}${formatPath(options.path)}${query === '' ? '' : `?${query}`}`;
}

/** One slash in front and one behind, whatever the option has: servers match the path exactly. */
function formatPath(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

function formatQuery({ query, timestampRequests, timestampParam }: AddressOptions, now: number): string {
  const parameters = typeof query === 'string' ? new URLSearchParams(query) : new URLSearchParams();
  for (const [name, value] of typeof query === 'object' ? Object.entries(query) : []) {
    for (const each of Array.isArray(value) ? value : [value]) {
      parameters.append(name, String(each));
    }
  }
  if (timestampRequests) {
    parameters.set(timestampParam, String(now));
  }
  return parameters.toString();
}
