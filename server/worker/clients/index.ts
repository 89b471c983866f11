/** Door of who is here, and of who is told of it. */
export { Registry } from './registry.ts';
export type { SocketTable } from './socket-table.ts';
