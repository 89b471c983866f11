/** What a broker process is told when it starts. Nothing but types. */
import type { ClusterOption } from '../options/index.ts';
import type { TalkOptions } from '../process/controller/index.ts';

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
  /** How to join other hosts. Default: there are none. */
  cluster?: ClusterOption;
  /** Id of this host among them, 12 hexadecimal digits; restarted brokers keep it. */
  hostId?: string;
  /**
   * Whether the host goes on without the others when they cannot be reached: true for a broker that is started again,
   * as local delivery must not wait for them.
   */
  mayBeAlone?: boolean;
  /** How it talks with the master. */
  talk: TalkOptions;
}
