/** Door of `process`: starting, supervising and ending processes. Knows nothing of sockets. */
export type { ChildExit } from './attempt.ts';
export { backoff } from './backoff.ts';
export { runChild } from './child.ts';
export { descriptorLimit } from './descriptors.ts';
export type { Message } from './ipc.ts';
export { createShutdown, onSignals, type Shutdown } from './shutdown.ts';
export { adoptChild, type Child, type Exit, entry, LEAN_HEAP, startChild } from './start.ts';
export { type Life, type Supervised, supervise } from './supervisor.ts';
