export { makeId } from './id.ts';
export type { Listener, Respond } from './listeners.ts';
export { Outbox } from './outbox.ts';
export { type Host, SCSocket } from './socket.ts';
export type { AuthStateChange } from './token-holder.ts';
