/** What the handlers of inbound events need of the server; nothing but types. */
import type { HandshakeStatus } from '../../protocol/index.ts';
import type { Checked } from '../auth/index.ts';
import type { Codec } from '../codec/index.ts';
import type { Lines } from '../middleware/index.ts';
import type { SocketNews } from '../server-events.ts';
import type { SCSocket } from '../socket/index.ts';

export interface Context {
  readonly options: {
    readonly allowClientPublish: boolean;
    /** Characters of the longest name of a channel. */
    readonly channelNameLimit: number;
    /** Milliseconds of silence after which a client leaves. */
    readonly pingTimeout: number;
    readonly protocolVersion: 1 | 2 | 'auto';
    /** Channels one socket may subscribe to. */
    readonly socketChannelLimit: number;
    /** Characters that the names of one socket's channels may have together. */
    readonly socketChannelNamesLimit: number;
    /** Whether what a client sends waits for the asynchronous listeners of what it sent before. */
    readonly strictOrder: boolean;
  };
  readonly codec: Codec;
  /** The application's middleware. */
  readonly lines: Lines;
  /** Checks a token. */
  check(signed: unknown): Checked;
  /**
   * Publishes for a socket; resolves after its own copy went out, if it gets one.
   *
   * @throws TypeError when the data cannot be sent.
   */
  publish(socket: SCSocket, channel: string, data: unknown): Promise<void>;
  /**
   * Subscribes; resolves when the broker has taken note, with whether the socket was not subscribed before. It has
   * the channel meanwhile, too.
   *
   * @param mayBatch Whether the client takes its publications in arrays.
   */
  join(socket: SCSocket, channel: string, mayBatch: boolean): Promise<boolean>;
  /** Ends a subscription and tells the application. */
  leave(socket: SCSocket, channel: string): void;
  /** Counts a socket as open and tells the application. */
  opened(socket: SCSocket, status: HandshakeStatus): void;
  /** Tells what has become of a socket. */
  notify<Name extends keyof SocketNews>(event: Name, socket: SCSocket, ...details: SocketNews[Name]): void;
}
