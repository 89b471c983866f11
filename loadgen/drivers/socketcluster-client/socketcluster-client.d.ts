/** What we use of the published client, which has no types of its own. */
declare module 'socketcluster-client' {
  import type { WebSocket } from 'ws';

  /** Values that come one after the other, until it is killed. */
  type Stream<Value> = AsyncIterable<Value>;

  interface Channel extends Stream<unknown> {
    listener(event: string): Stream<unknown>;
  }

  interface AGClientSocket {
    readonly transport: { readonly socket: WebSocket };
    listener(event: 'close'): Stream<{ code: number }>;
    listener(event: 'message'): Stream<{ message: string }>;
    listener(event: string): Stream<unknown>;
    receiver(event: string): Stream<unknown>;
    transmit(event: string, data?: unknown): Promise<void>;
    invoke(event: string, data?: unknown): Promise<unknown>;
    subscribe(channel: string): Channel;
    transmitPublish(channel: string, data: unknown): Promise<void>;
    invokePublish(channel: string, data: unknown): Promise<void>;
    disconnect(code?: number): void;
    killAllListeners(): void;
    killAllReceivers(): void;
    killAllChannels(): void;
  }

  interface AuthEngine {
    loadToken(name: string): Promise<string | null>;
    saveToken(name: string, token: string): Promise<string>;
    removeToken(name: string): Promise<string | null>;
  }

  interface ClientOptions {
    hostname: string;
    port: number;
    path: string;
    secure: boolean;
    query: Record<string, string>;
    autoReconnect: boolean;
    protocolVersion: 1 | 2;
    /** Milliseconds. */
    ackTimeout: number;
    authEngine: AuthEngine;
    /** Handed to `ws`, and from there to `http.request`. */
    wsOptions: object;
  }

  export function create(options: Partial<ClientOptions>): AGClientSocket;
}
