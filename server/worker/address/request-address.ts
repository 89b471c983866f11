import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The other end; behind a balancer, which alone can reach the unix socket, who connected to that. */
export function remoteAddressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? forwardedFor(request).at(-1) ?? '';
}

/** The client as the first of the proxies on the way has it; undefined without one. Anybody can claim this. */
export function forwardedForOf(request: IncomingMessage): string | undefined {
  const first = forwardedFor(request)[0];
  return first !== undefined && isIP(first) !== 0 ? first : undefined;
}

function forwardedFor(request: IncomingMessage): string[] {
  const header = request.headers['x-forwarded-for'];
  return header === undefined
    ? []
    : String(header)
        .split(',')
        .map((address) => address.trim());
}
