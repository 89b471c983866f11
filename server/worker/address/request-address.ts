import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The other end; behind a balancer, which alone can reach the unix socket, who connected to that. */
export function remoteAddressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? forwardedFor(request.headers).at(-1) ?? '';
}

/** The client as the first of the proxies on the way has it; undefined without one. Anybody can claim this. */
export function forwardedForOf({ headers }: IncomingMessage): string | undefined {
  return forwardedForIn(headers);
}

/** The same, by the headers alone. */
export function forwardedForIn(headers: IncomingHttpHeaders): string | undefined {
  const first = forwardedFor(headers)[0];
  return first !== undefined && isIP(first) !== 0 ? first : undefined;
}

function forwardedFor(headers: IncomingHttpHeaders): string[] {
  const header = headers['x-forwarded-for'];
  return header === undefined
    ? []
    : String(header)
        .split(',')
        .map((address) => address.trim());
}
