export { type Answered, inform } from './calls.ts';
export { type Clock, systemClock } from './clock.ts';
export { asError, fieldOf, jsonCodec } from './codec.ts';
export { Connection, type ConnectionEnd } from './connection.ts';
export type { ReconnectOptions } from './reconnect.ts';
export type { SocketConstructor, SocketLike } from './socket-like.ts';
