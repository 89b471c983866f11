/**
 * The shape of middleware in SocketCluster 0.9: what it decides on came as arguments of its own. A function
 * that takes more than a request and `next` is of that age.
 */
import type { Line, Middleware, Next } from './lines.ts';

/** Fields of the request that a function of 0.9 gets as arguments, in order. */
const positions: Partial<Record<Line, readonly string[]>> = {
  emit: ['socket', 'event', 'data'],
  subscribe: ['socket', 'channel'],
  publishIn: ['socket', 'channel', 'data'],
};

/** Makes a function of either age one that takes a request. */
export function adapt(line: Line, middleware: (...details: never[]) => unknown): Middleware {
  const fields = positions[line];
  if (fields === undefined || middleware.length <= 2) {
    return middleware as Middleware;
  }
  const positional = middleware as (...details: unknown[]) => unknown;
  const adapted = (request: Record<string, unknown>, next: Next): unknown =>
    positional(...fields.map((field) => request[field]), next);
  // Warnings name the function that was late.
  return Object.defineProperty(adapted, 'name', { value: middleware.name });
}
