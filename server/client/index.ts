/** The door of the client SDK, for browsers and Node. */

export type { Contract, Respond, Untyped } from '../protocol/index.ts';
export { type CodecEngine, minBinCodec } from '../protocol/index.ts';
export type { AuthEngine } from './auth/index.ts';
export type { Channel, Watcher } from './channels/index.ts';
export type { Client } from './client.ts';
export type { Answered, ReconnectOptions, SocketConstructor, SocketLike } from './connection/index.ts';
export type {
  AuthStatus,
  ChannelEvents,
  ChannelState,
  LocalEvents,
  SubscribeOptions,
  Told,
} from './contract.ts';
export { clients, connect, create, destroy, version } from './create.ts';
export type { Heard, LocalDetails, ProcedureCall, Stream } from './events/index.ts';
export type { ClientOptions } from './options.ts';
export type { InvokeOptions } from './speaker.ts';
