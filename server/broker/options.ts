/** What a broker process is told when it starts, and what it tells its controller. Nothing but types. */

/** The options of the start message. */
export interface BrokerOptions {
  /** Number of the broker, from 0; a restarted one keeps it. */
  id: number;
  /** Path of the unix socket to listen on, at most 107 bytes, in a folder only this user can enter. */
  path: string;
  /** What a worker must say in its hello. */
  secret: string;
  /** Milliseconds after which a session that no worker has sockets of ends. */
  sessionTimeoutMs: number;
  /** Absolute path of the application's file with run(broker). */
  controller?: string;
}

/** What the broker controller's `run` gets. */
export interface SCBroker {
  /** Number of the broker, from 0; a restarted one keeps it. */
  readonly id: number;
}
