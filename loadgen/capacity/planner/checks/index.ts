/** Door of `checks`: trials beside the search, for its proof and for what sockets and connections cost. */
export { lookAtSockets, type SocketsFound } from './look-at-sockets.ts';
export { proveCapacity } from './prove-capacity.ts';
