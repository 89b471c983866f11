/** The door of the client SDK, for browsers and Node. */

export type { Contract, Respond, Untyped } from '../protocol/index.ts';
export { type CodecEngine, minBinCodec } from '../protocol/index.ts';
export type { AuthEngine } from './auth/index.ts';
export type { Channel, Stream, Watcher } from './channels/index.ts';
export type { Client, InvokeOptions } from './client.ts';
export type { ReconnectOptions, SocketConstructor, SocketLike } from './connection/index.ts';
export type {
  AuthStatus,
  ChannelEvents,
  ChannelState,
  LocalEvents,
  SubscribeOptions,
} from './contract.ts';
export { clients, connect, create, destroy, version } from './create.ts';
export type { ClientOptions } from './options.ts';
